import { Source } from '../text/source.ts'

/** A line without its break; offsets into the source. */
export interface Line {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Nothing but white space. */
  readonly blank: boolean
}

/**
 * The text of a message as it is judged: without a byte order mark, every kind of line break made
 * LF. Lines and columns stay those that an editor shows.
 */
export function messageSource(source: Source): Source {
  const { text } = source
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text
  const joined = plain.includes('\r') ? plain.replace(/\r\n?/g, '\n') : plain
  return joined === text ? source : new Source(source.path, joined, source.owner)
}

/** Git's mark in a message being edited: what follows is no message. */
const SCISSORS = '------------------------ >8 ------------------------'

/**
 * The lines of a message, blank ones at both ends left out. With `comment` the lines that git itself
 * would drop from an edited message are left out: comments, and everything below the scissors.
 */
export function linesOf(source: Source, comment?: string): Line[] {
  const lines: Line[] = []
  const { text } = source
  for (let start = 0; start <= text.length;) {
    const stop = text.indexOf('\n', start)
    const end = stop === -1 ? text.length : stop
    const line = lineOf(text.slice(start, end), start, end)
    if (comment !== undefined && line.text === `${comment} ${SCISSORS}`) break
    if (comment === undefined || !line.text.startsWith(comment)) lines.push(line)
    start = end + 1
  }
  const first = lines.findIndex(line => !line.blank)
  const last = lines.findLastIndex(line => !line.blank)
  return first === -1 ? [] : lines.slice(first, last + 1)
}

function lineOf(text: string, start: number, end: number): Line {
  return { start, end, text, blank: start === end || text.trim() === '' }
}
