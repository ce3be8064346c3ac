import type { Source } from '../text/source.ts'
import { nearMisses } from './breaking.ts'
import { controlCharacters } from './characters.ts'
import { type Flaw, isSpecification, type Part } from './flaw.ts'
import { type Footer, footerStart, isBreaking, readFooters, strayFooters } from './footers.ts'
import { type Header, readHeader } from './header.ts'
import { type Line, linesOf, messageSource } from './lines.ts'

/** A message and its parts, every one with its place. What could not be read is left out. */
export interface Message extends Omit<Header, 'line' | 'flaws'> {
  readonly source: Source
  readonly lines: readonly Line[]
  readonly header: Part
  readonly body?: Part
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
  const lines = linesOf(source, comment)
  const [first, second] = lines
  if (first === undefined) return emptyMessage(source)
  const { line: header, flaws, ...parts } = readHeader(first)
  const separate = second === undefined || second.blank
  const bodyStart = lines.findIndex((line, index) => index > 0 && !line.blank)
  const from = bodyStart === -1 ? lines.length : bodyStart
  const start = footerStart(lines, separate ? from : from + 1)
  const footers = readFooters(lines, start)
  const all = [
    ...flaws,
    ...(separate || second === undefined ? [] : [missingBlankLine(second)]),
    ...nearMisses(lines, 1, start),
    ...strayFooters(lines, from, start, footers),
    ...controlCharacters(source.text),
    ...(source.text.length < raw.text.length && raw.text.startsWith('\ufeff') ? [MARK] : []),
  ]
  const body = partOf(source, lines, from, start)
  const breaking = parts.bang !== undefined || footers.some(footer => isBreaking(footer.token.text))
  return {
    source,
    lines,
    header,
    ...parts,
    ...(body === undefined ? {} : { body }),
    footers,
    breaking,
    flaws: all.sort((a, b) => a.start - b.start),
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
  return !message.flaws.some(flaw => isSpecification(flaw.code))
}

function emptyMessage(source: Source): Message {
  const flaw = { code: 'empty-message', message: 'the message is empty', start: 0, end: 0 }
  const header = { text: '', start: 0, end: 0 }
  return { source, lines: [], header, footers: [], breaking: false, flaws: [flaw] }
}

function missingBlankLine(second: Line): Flaw {
  return {
    code: 'missing-blank-line',
    message: 'a blank line must follow the header',
    start: second.start,
    end: second.end,
    help: 'put a blank line before the body, or make the header one line',
  }
}

function partOf(
  source: Source,
  lines: readonly Line[],
  from: number,
  to: number,
): Part | undefined {
  const last = lines.slice(from, to).findLastIndex(line => !line.blank)
  const start = lines[from]?.start
  const end = lines[from + last]?.end
  if (last === -1 || start === undefined || end === undefined) return undefined
  return { text: source.text.slice(start, end), start, end }
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
