import {
  type Body,
  type Footer,
  type Message,
  parser,
  type Summary,
} from '@conventional-commits/parser'
import { tokenEnd } from '../../src/commits/footers.ts'
import { Lines } from '../../src/commits/lines.ts'
import { isConventional } from '../../src/commits/message.ts'
import { read } from './read.ts'

/** What a parser says of a message that it accepts. */
export interface Reading {
  readonly type: string | undefined
  readonly scope: string | undefined
  readonly breaking: boolean
  readonly description: string | undefined
  readonly footers: readonly string[]
}

/** The reading of the reference parser; undefined where it throws. */
export function readReference(text: string): Reading | undefined {
  let message: Message
  try {
    message = parser(text)
  } catch {
    return undefined
  }
  const reading = { type: '', scope: '', description: '', breaking: false }
  const footers: string[] = []
  for (const part of message.children) {
    if (part.type === 'newline') continue
    if (part.type === 'footer') footers.push(footerOf(part))
    if (part.type !== 'footer') Object.assign(reading, headerOf(part, reading))
    if (holdsBreaking(part)) reading.breaking = true
  }
  return { ...reading, scope: reading.scope || undefined, footers }
}

function headerOf(part: Summary | Body, reading: object): object {
  if (part.type === 'body') return reading
  const children: readonly object[] = part.children
  const header: Record<string, string> = {}
  for (const one of children) {
    const kind = 'type' in one ? String(one.type) : ''
    header[kind === 'text' ? 'description' : kind] = flat(one).trim()
  }
  const { type, scope = '', description = '' } = header
  return { type, scope, description }
}

function footerOf(footer: Footer): string {
  return spaced(flat(footer))
}

/** A footer's text with one space behind the colon of its token. */
function spaced(text: string): string {
  return text.replace(/^([^\s:]+|BREAKING CHANGE):\s*/, '$1: ').trim()
}

function holdsBreaking(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  if ('type' in node && node.type === 'breaking-change') return true
  return 'children' in node && Array.isArray(node.children) && node.children.some(holdsBreaking)
}

function flat(node: unknown): string {
  if (typeof node !== 'object' || node === null) return ''
  if ('children' in node && Array.isArray(node.children)) return node.children.map(flat).join('')
  return 'value' in node && typeof node.value === 'string' ? node.value : ''
}

/** Our reading, in the same form. */
export function readOurs(text: string): Reading | undefined {
  const message = read(text)
  if (!isConventional(message)) return undefined
  const { type, scope, breaking, description, footers } = message
  return {
    type: type?.text,
    scope: scope?.text,
    breaking,
    description: description?.text,
    footers: footers.map(({ token, separator, value }) => {
      const inner = token.text + separator + value.text.trim()
      return separator === ' ' ? `(${inner})` : inner
    }),
  }
}

/**
 * Why the footers of a message differ: for every one that only one of both has, the rule of the specification
 * that decides; `undefined` among the answers where there is none.
 */
export function footerReasons(
  text: string,
  ours: Reading,
  theirs: Reading,
): (string | undefined)[] {
  const flatten = (footers: readonly string[]) => footers.map(one => one.replace(/\s+/g, ' '))
  const [own, other] = [flatten(ours.footers), flatten(theirs.footers)]
  return [
    ...other.filter(one => !own.includes(one)).map(one => whyNot(one, text)),
    ...own.filter(one => !other.includes(one)).map(one => whyTheyDoNot(one, text)),
  ]
}

/** Why a footer of the reference parser is none. */
function whyNot(footer: string, text: string): string | undefined {
  const lines = new Lines(text.replaceAll('\r', ''))
  const all = Array.from({ length: lines.length }, (_, line) => lines.textOf(line))
  const [token = ''] = /^(?:BREAKING CHANGE|.*?(?=: | #))/.exec(footer) ?? []
  const isHere = (line: string) =>
    line.startsWith(token) && footer.startsWith(spaced(line).replace(/\s+/g, ' '))
  const places = all.flatMap((line, at) => (at > 0 && isHere(line) ? [at] : []))
  if (places.every(at => /^:\S/.test(all[at]?.slice(token.length) ?? '')))
    return 'rule 8: the separator is a colon and a space'
  if (places.every(at => /^:\s*$/.test(all[at]?.slice(token.length) ?? '')))
    return 'rule 8: a value follows the separator'
  if (!/^(?:[A-Za-z][A-Za-z0-9-]*|BREAKING CHANGE)$/.test(token))
    return 'rule 9: a token is a word, with hyphens'
  if (places.some(at => !startsParagraph(lines, at)))
    return 'rule 8: a blank line stands before the footers'
  const from = read(text).footers[0]?.start ?? Infinity
  if (places.every(at => lines.start(at) < from))
    return 'rule 7: a paragraph that starts no footer follows'
  // One of them reads on where the other starts a footer of its own.
  return goesOn(text) ? 'rule 10: a value ends at the next footer' : undefined
}

/** Whether the paragraph of a line begins with a footer. */
function startsParagraph(lines: Lines, line: number): boolean {
  let first = line
  while (first > 1 && !lines.isBlank(first - 1)) first--
  return tokenEnd(lines, first) > 0
}

/** Why a footer is one although the reference parser has it not. */
function whyTheyDoNot(footer: string, text: string): string | undefined {
  if (footer.startsWith('(cherry picked')) return 'git: what a cherry-pick came from'
  return goesOn(text) ? 'rule 10: a value goes on until the next footer' : undefined
}

/** Whether a line behind the first footer neither starts one nor is indented. */
function goesOn(text: string): boolean {
  const { lines, footers } = read(text)
  const from = lines.lineAt(footers[0]?.start ?? Infinity)
  for (let line = from + 1; line < lines.length; line++)
    if (!lines.isBlank(line) && tokenEnd(lines, line) === 0 && !/^\s/.test(lines.textOf(line)))
      return true
  return footers.some(one => one.separator === ' ' || /^\s*$/.test(one.value.text))
}
