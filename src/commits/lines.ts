import { Source } from '../text/source.ts'

/**
 * The text of a message as it is judged: without a byte order mark, every kind of line break made
 * LF. Lines and columns stay those that an editor shows.
 */
export function messageSource(source: Source): Source {
  const { text } = source
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text
  const joined = withLineFeeds(plain)
  return joined === text ? source : new Source(source.path, joined, source.owner)
}

/** CRLF and CR made LF. Code units in place of strings where there is much: a megabyte may be breaks alone. */
function withLineFeeds(text: string): string {
  if (!text.includes('\r')) return text
  if (text.length < 10_000) return text.replace(/\r\n?/g, '\n')
  const units = new Uint16Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === LF && at > 0 && text.charCodeAt(at - 1) === CR) continue
    units[length++] = unit === CR ? LF : unit
  }
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le')
}

const [LF, CR] = [10, 13]

/** Git's mark in a message being edited: what follows is no message. */
const SCISSORS = '------------------------ >8 ------------------------'

/**
 * The lines of a message, blank ones at both ends left out; offsets into its text. Numbers in place of
 * objects: a megabyte may hold a million lines.
 */
export class Lines {
  readonly text: string
  /** Where each line starts and ends; the end of a blank line is stored as its complement. */
  #places = new Int32Array(16)
  #length = 0

  /**
   * With `comment` the lines that git itself would drop from an edited message are left out: comments,
   * and everything below the scissors.
   */
  constructor(text: string, comment?: string) {
    this.text = text
    for (let start = 0; start <= text.length;) {
      const found = text.indexOf('\n', start)
      const end = found === -1 ? text.length : found
      if (comment !== undefined && text.startsWith(comment, start)) {
        if (text.slice(start, end) === `${comment} ${SCISSORS}`) break
      } else {
        let at = start
        while (at < end && isSpace(text.charCodeAt(at))) at++
        if (at < end) this.#add(start, end)
        else if (this.#length > 0) this.#add(start, ~end)
      }
      start = end + 1
    }
    while (this.isBlank(this.#length - 1)) this.#length--
  }

  #add(start: number, end: number): void {
    const at = this.#length * 2
    if (at === this.#places.length) {
      const grown = new Int32Array(at * 2)
      grown.set(this.#places)
      this.#places = grown
    }
    this.#places[at] = start
    this.#places[at + 1] = end
    this.#length++
  }

  get length(): number {
    return this.#length
  }

  start(line: number): number {
    return line < this.#length ? (this.#places[line * 2] ?? 0) : this.text.length
  }

  /** Behind its last character, before its break. */
  end(line: number): number {
    const end = line < this.#length ? (this.#places[line * 2 + 1] ?? 0) : this.text.length
    return end < 0 ? ~end : end
  }

  /** Nothing but white space; a line that is not there is not blank. */
  isBlank(line: number): boolean {
    return line < this.#length && (this.#places[line * 2 + 1] ?? 0) < 0
  }

  textOf(line: number): string {
    return this.text.slice(this.start(line), this.end(line))
  }

  /** The line that holds an offset, or the last before it; -1 before the first. */
  lineAt(offset: number): number {
    let low = -1
    let high = this.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.start(middle) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}

const WIDE = /\s/

/** What `trim` takes away. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13)
  return code >= 0xa0 && (code === 0xa0 || (code > 0x167f && WIDE.test(String.fromCharCode(code))))
}
