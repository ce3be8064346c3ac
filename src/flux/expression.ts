/** A piece of a text with `${…}` in it: what stands as it is, or one expression. */
export type Part = string | Expression

/** One `${name…}`. Offsets count UTF-16 units of the whole text, braces included. */
export interface Expression {
  readonly name: string
  /** `` for a bare `${name}`, `#` with no argument for the length, otherwise as written: `:-`, `//`, `^^` … */
  readonly operator: string
  /** Each argument is one part; the default operators take any number of them. */
  readonly args: readonly Part[]
  readonly start: number
  readonly end: number
}

export interface Refusal {
  /** In the words of fluxcd/pkg/envsubst 1.7. */
  readonly message: string
  /** The expression that does not parse, from its `$`. */
  readonly start: number
  readonly end: number
}

export type Expressions =
  | { readonly ok: true; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly refusal: Refusal }

const BAD = 'bad substitution'
const NO_NAME = 'unable to parse variable name'
const NO_BRACE = 'missing closing brace'
const NO_ARGUMENT = 'unable to parse substitution within function'

/** How deep defaults may nest; Go's stack allows more, no manifest does. */
const MAX_DEPTH = 200

class Unreadable extends Error {}

/**
 * Splits a text into literal parts and expressions, as Flux's envsubst reads them (fluxcd/pkg/envsubst
 * 1.7.0): only `${` begins an expression, `$$` is an escaped `$` outside of expressions and in the
 * arguments of `/`. Everything is read to the end of the text: an unclosed `/` may swallow lines.
 */
export function parseExpressions(text: string): Expressions {
  const reader = new Reader(text)
  const parts: Part[] = []
  while (!reader.done) {
    if (reader.opens) {
      const start = reader.at
      try {
        parts.push(reader.expression(0))
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        const refusal = { message: error.message, start, end: Math.max(reader.at, start + 2) }
        return { ok: false, refusal }
      }
    } else parts.push(reader.text(() => true, 'dollar'))
  }
  return { ok: true, parts }
}

type Escapes = 'none' | 'dollar' | 'all'

class Reader {
  readonly #text: string
  at = 0

  constructor(text: string) {
    // Go's scanner takes a NUL for the end of the text.
    const nul = text.indexOf('\0')
    this.#text = nul === -1 ? text : text.slice(0, nul)
  }

  get done(): boolean {
    return this.at >= this.#text.length
  }

  get opens(): boolean {
    return this.#text.startsWith('${', this.at)
  }

  get next(): string {
    return this.#text[this.at] ?? ''
  }

  /** Literal text up to an expression or a character that is not taken; may be empty. */
  text(takes: (char: string) => boolean, escapes: Escapes): string {
    let out = ''
    let from = this.at
    while (!this.done && !this.opens) {
      if (this.#escaped(escapes)) {
        out += this.#text.slice(from, this.at) + this.#text.charAt(this.at + 1)
        this.at += 2
        from = this.at
      } else if (takes(this.next)) this.at++
      else break
    }
    return out + this.#text.slice(from, this.at)
  }

  #escaped(escapes: Escapes): boolean {
    if (escapes === 'none') return false
    const after = this.#text[this.at + 1]
    if (this.next === '$') return after === '$'
    return escapes === 'all' && this.next === '\\' && (after === '/' || after === '\\')
  }

  expression(depth: number): Expression {
    if (depth > MAX_DEPTH) throw new Unreadable(BAD)
    const start = this.at
    this.at += 2
    const [name, operator, args] = this.next === '#' ? this.#length() : this.#named(depth)
    if (this.next !== '}') throw new Unreadable(operator === '' ? NO_BRACE : BAD)
    this.at++
    return { name, operator, args, start, end: this.at }
  }

  #length(): [string, string, Part[]] {
    this.at++
    const name = this.#name()
    if (name === '') throw new Unreadable(BAD)
    return [name, '#', []]
  }

  #named(depth: number): [string, string, Part[]] {
    const name = this.#name()
    if (name === '') throw new Unreadable(NO_NAME)
    switch (this.next) {
      case ':':
        return [name, ...this.#colon(depth)]
      case '=':
        this.at++
        return [name, '=', this.#defaults(depth)]
      case ',':
      case '^':
        return [name, this.#take(/[,^]{1,2}/y), []]
      case '/':
        return [name, ...this.#replacement(depth)]
      case '#':
        return [name, this.#take(/#{1,2}/y), [this.#argument(isNotClosing, 'none', depth)]]
      case '%':
        return [name, this.#take(/%{1,2}/y), [this.#argument(isNotClosing, 'none', depth)]]
      default:
        return [name, '', []]
    }
  }

  #name(): string {
    return this.#take(/[\p{L}\p{Nd}_]+/uy)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const taken = pattern.exec(this.#text)?.[0] ?? ''
    this.at += taken.length
    return taken
  }

  /** Everything up to `}`: literal text and nested expressions, nothing escaped. */
  #defaults(depth: number): Part[] {
    const args: Part[] = []
    while (this.next !== '}') args.push(this.#argument(isNotClosing, 'none', depth))
    return args
  }

  #colon(depth: number): [string, Part[]] {
    const after = this.#text[this.at + 1]
    if (after !== undefined && '=-?+'.includes(after)) {
      this.at += 2
      return [`:${after}`, this.#defaults(depth)]
    }
    // Go steps back by the width of the character behind the colon and then meets no colon.
    if (after === undefined || after > '\x7f') throw new Unreadable(BAD)
    this.at++
    const args = [this.#argument(char => char !== ':' && char !== '}', 'none', depth)]
    if (this.next !== '}') {
      if (this.#take(/:+/y) === '') throw new Unreadable(BAD)
      args.push(this.#argument(isNotClosing, 'none', depth))
    }
    return [':', args]
  }

  #replacement(depth: number): [string, Part[]] {
    const operator = this.#take(/\/[/#%]?/y)
    const args = [this.#argument(char => char !== '/', 'all', depth)]
    if (this.#take(/\/+/y) === '') throw new Unreadable(BAD)
    if (this.next !== '}') args.push(this.#argument(isNotClosing, 'all', depth))
    return [operator, args]
  }

  /** One argument: a nested expression, or at least one character of text. */
  #argument(takes: (char: string) => boolean, escapes: Escapes, depth: number): Part {
    if (this.opens) return this.expression(depth + 1)
    const before = this.at
    const text = this.text(takes, escapes)
    if (this.at === before) throw new Unreadable(NO_ARGUMENT)
    return text
  }
}

function isNotClosing(char: string): boolean {
  return char !== '}'
}

/** The expressions of some parts, nested ones included, outermost first. */
export function* expressionsOf(parts: readonly Part[]): Iterable<Expression> {
  for (const part of parts) {
    if (typeof part === 'string') continue
    yield part
    yield* expressionsOf(part.args)
  }
}
