import type { Source } from '../text/source.ts'
import { lateDescription, nearMisses } from './breaking.ts'
import { controlCharacters } from './characters.ts'
import { type Flaw, isSpecification, type Part } from './flaw.ts'
import { type Footer, footerStart, readFooters } from './footers.ts'
import { type Header, readHeader } from './header.ts'
import { Lines, messageSource } from './lines.ts'
import { strayFooters } from './stray.ts'

/** A message and its parts, every one with its place. What could not be read is left out. */
export interface Message extends Omit<Header, 'line' | 'flaws'> {
  readonly source: Source
  readonly lines: Lines
  readonly header: Part
  readonly body: Part | undefined
  readonly footers: readonly Footer[]
  /** By `!` or by footer. */
  readonly breaking: boolean
  /** What breaks the specification, and what deceives its reader. */
  readonly flaws: readonly Flaw[]
}

/**
 * Reads a message by Conventional Commits 1.0.0 in time linear in its length; any text gives an
 * answer. `comment` is the mark of the lines that git drops from an edited message.
 */
export function parseMessage(raw: Source, comment?: string): Message {
  const source = messageSource(raw)
  const lines = new Lines(source.text, comment)
  if (lines.length === 0) return emptyMessage(source, lines)
  const { line: header, type, scope, bang, description, flaws } = readHeader(lines)
  const isSeparate = lines.length === 1 || lines.isBlank(1)
  let from = 1
  while (from < lines.length && lines.isBlank(from)) from++
  const start = footerStart(lines, isSeparate ? from : from + 1)
  const footers = readFooters(lines, start)
  const breaking = bang !== undefined || footers.some(footer => footer.isBreaking)
  // Loops in place of spreading: nearly every message has none of these.
  const all: Flaw[] = []
  for (const flaw of flaws) all.push(flaw)
  if (!isSeparate) all.push(missingBlankLine(lines))
  const late = breaking ? lateDescription(footers) : undefined
  if (late !== undefined) all.push(late)
  if (!breaking) for (const flaw of nearMisses(lines, start)) all.push(flaw)
  for (const flaw of strayFooters(lines, from, start, footers)) all.push(flaw)
  for (const flaw of controlCharacters(source.text)) all.push(flaw)
  if (source !== raw && raw.text.startsWith('\ufeff')) all.push(MARK)
  return {
    source,
    lines,
    header,
    type,
    scope,
    bang,
    description,
    body: bodyOf(lines, from, start),
    footers,
    breaking,
    flaws: all.length > 1 ? all.sort((a, b) => a.start - b.start) : all,
  }
}

const MARK: Flaw = {
  code: 'control-character',
  level: 'warning',
  message: 'the message starts with a byte order mark',
  start: 0,
  end: 0,
  help: 'save the message as UTF-8 without a byte order mark',
}

/** Whether nothing in a message breaks the specification; policy is not asked. */
export function isConventional(message: Message): boolean {
  return !message.flaws.some(flaw => isSpecification(flaw.code) && flaw.level === undefined)
}

function emptyMessage(source: Source, lines: Lines): Message {
  const flaw = { code: 'empty-message', message: 'the message is empty', start: 0, end: 0 }
  const header = { text: '', start: 0, end: 0 }
  const none = { type: undefined, scope: undefined, bang: undefined, description: undefined }
  return {
    source,
    lines,
    header,
    ...none,
    body: undefined,
    footers: [],
    breaking: false,
    flaws: [flaw],
  }
}

function missingBlankLine(lines: Lines): Flaw {
  return {
    code: 'missing-blank-line',
    message: 'a blank line must follow the header',
    start: lines.start(1),
    end: lines.end(1),
    help: 'put a blank line before the body, or make the header one line',
  }
}

function bodyOf(lines: Lines, from: number, to: number): Part | undefined {
  let last = to - 1
  while (last >= from && lines.isBlank(last)) last--
  if (last < from) return undefined
  const [start, end] = [lines.start(from), lines.end(last)]
  return { text: lines.text.slice(start, end), start, end }
}

/** A message written out again: same header, body and footers, one blank line between them. */
export function printMessage(message: Message): string {
  const { type, scope, bang, description, header, body, footers } = message
  const first =
    type && description
      ? `${type.text}${scope ? `(${scope.text})` : ''}${bang ? '!' : ''}: ${description.text}`
      : header.text
  const tail = footers.map(({ token, separator, value }) =>
    separator === ' ' ? `(${token.text} ${value.text})` : token.text + separator + value.text,
  )
  return [first, body?.text, tail.join('\n')].filter(part => part).join('\n\n')
}
