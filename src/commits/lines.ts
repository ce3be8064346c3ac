import { Source } from '../text/source.ts'

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
 * The lines of a message, blank ones at both ends left out; offsets into its text. Numbers in place of
 * objects: a megabyte may hold a million lines.
 */
export class Lines {
  readonly text: string
  /** Where each line starts and ends; the end of a blank line is stored as its complement. */
  #places = new Int32Array(64)
  #length = 0

  /**
   * With `comment` the lines that git itself would drop from an edited message are left out: comments,
   * and everything below the scissors.
   */
  constructor(text: string, comment?: string) {
    this.text = text
    let start = 0
    let isBlank = true
    for (let at = 0; at <= text.length; at++) {
      const code = at === text.length ? LF : text.charCodeAt(at)
      if (code !== LF) {
        isBlank &&= isSpace(code)
        continue
      }
      if (comment !== undefined && text.startsWith(comment, start)) {
        if (text.slice(start, at) === `${comment} ${SCISSORS}`) break
      } else if (!isBlank || this.#length > 0) this.#add(start, isBlank ? ~at : at)
      start = at + 1
      isBlank = true
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

const LF = 10

/** What `trim` takes away. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13)
  return code >= 0xa0 && /\s/.test(String.fromCharCode(code))
}
