import type { Flaw, Part } from './flaw.ts'
import type { Lines } from './lines.ts'

/** The first line, read as far as it can be. Conventional Commits 1.0.0, rules 1, 4, 5 and 13. */
export interface Header {
  readonly line: Part
  readonly type: Part | undefined
  readonly scope: Part | undefined
  /** The `!` before the colon. */
  readonly bang: Part | undefined
  readonly description: Part | undefined
  readonly flaws: readonly Flaw[]
}

const TYPE_END = /[\s():!]/

/** Reads the header in one pass. The flaws say where it leaves the grammar; the rest is read on. */
export function readHeader(lines: Lines): Header {
  const reader = new HeaderReader(lines.textOf(0), lines.start(0))
  return reader.read()
}

class HeaderReader {
  readonly #text: string
  readonly #offset: number
  readonly #flaws: Flaw[] = []
  #at = 0

  constructor(text: string, offset: number) {
    this.#text = text
    this.#offset = offset
  }

  read(): Header {
    const line = this.#part(0, this.#text.length)
    while (this.#isSpace(this.#at)) this.#at++
    if (this.#at > 0) this.#flaw('extra-space', 'the header starts with white space', 0, this.#at)
    const type = this.#type()
    if (type === undefined) return this.#unread(line)
    const early = this.#bang()
    const scope = this.#scope()
    const bang = this.#bang() ?? early
    if (early !== undefined && scope !== undefined)
      this.#flaw(
        'misplaced-bang',
        '! belongs behind the scope, before the colon',
        early.start,
        early.end,
      )
    if (!this.#colon()) return this.#unread(line)
    const description = this.#description()
    return { line, type, scope, bang, description, flaws: this.#flaws }
  }

  #unread(line: Part): Header {
    const none = { type: undefined, scope: undefined, bang: undefined, description: undefined }
    return { line, ...none, flaws: this.#flaws }
  }

  #type(): Part | undefined {
    const from = this.#at
    const length = this.#text.slice(from).search(TYPE_END)
    const end = length === -1 ? this.#text.length : from + length
    this.#at = end
    if (end > from && this.#text.includes(':', end)) return this.#part(from, end)
    const what = end > from ? 'no colon follows a type' : 'there is no type'
    this.#missing(`the header is not "type: description": ${what}`)
    return undefined
  }

  #scope(): Part | undefined {
    const open = this.#afterSpaces(this.#at)
    if (this.#text[open] !== '(') return undefined
    if (open > this.#at)
      this.#flaw('malformed-scope', 'there is white space before the scope', this.#at, open)
    const close = this.#closing(open)
    if (close === undefined) {
      this.#flaw('malformed-scope', 'the scope is not closed', open, this.#text.length)
      return undefined
    }
    this.#at = close + 1
    const scope = this.#part(open + 1, close)
    if (scope.text.trim() === '')
      this.#flaw('malformed-scope', 'the scope is empty', open, close + 1)
    const inner = scope.text.indexOf('(')
    if (inner !== -1)
      this.#flaw('malformed-scope', 'a scope holds no parentheses', open + 1 + inner, close)
    return scope
  }

  /** Where the parenthesis of a scope closes; inner ones are counted, for the sake of the message. */
  #closing(open: number): number | undefined {
    let depth = 0
    for (let at = open; at < this.#text.length; at++) {
      if (this.#text[at] === '(') depth++
      else if (this.#text[at] === ')' && --depth === 0) return at
    }
    return undefined
  }

  #bang(): Part | undefined {
    if (this.#text[this.#at] !== '!') return undefined
    const bang = this.#part(this.#at, ++this.#at)
    const second = this.#at
    while (this.#text[this.#at] === '!') this.#at++
    if (this.#at > second) this.#flaw('misplaced-bang', 'one ! is enough', second, this.#at)
    return bang
  }

  #colon(): boolean {
    const at = this.#afterSpaces(this.#at)
    if (this.#text[at] !== ':') {
      const closed = this.#flaws.some(flaw => flaw.code === 'malformed-scope')
      if (!closed) this.#missing('the header is not "type: description": no colon follows a type')
      return false
    }
    if (at > this.#at)
      this.#flaw('malformed-header', 'there is white space before the colon', this.#at, at)
    this.#at = at + 1
    return true
  }

  #description(): Part | undefined {
    const from = this.#at
    const text = this.#text.slice(from)
    if (text.trim() === '') {
      this.#flaw('empty-description', 'nothing follows the colon', from, this.#text.length)
      return undefined
    }
    const start = from + (text.length - text.trimStart().length)
    const end = from + text.trimEnd().length
    if (text[0] !== ' ') this.#flaw('missing-space', 'a space must follow the colon', from, start)
    else if (start > from + 1)
      this.#flaw('extra-space', 'one space follows the colon', from + 1, start)
    if (end < this.#text.length)
      this.#flaw('extra-space', 'the header ends with white space', end, this.#text.length)
    return this.#part(start, end)
  }

  #missing(message: string): void {
    this.#flaw('malformed-header', message, 0, this.#text.length)
  }

  #isSpace(at: number): boolean {
    return at < this.#text.length && /\s/.test(this.#text[at] ?? '')
  }

  #afterSpaces(at: number): number {
    let end = at
    while (this.#isSpace(end)) end++
    return end
  }

  #part(start: number, end: number): Part {
    const offset = this.#offset
    return { text: this.#text.slice(start, end), start: offset + start, end: offset + end }
  }

  #flaw(code: string, message: string, start: number, end: number): void {
    const offset = this.#offset
    this.#flaws.push({ code, message, start: offset + start, end: offset + end })
  }
}
