import { type Expression, parseExpressions, type Part, type Refusal } from './expression.ts'
import { matchGlob } from './glob.ts'

/** An expression that was replaced, and what became of its variable. */
export interface Use {
  readonly expression: Expression
  /** Whether the variable has a value (an empty one included). */
  readonly set: boolean
}

export interface Expansion {
  readonly text: string
  /** Every expression that was evaluated, in the order of evaluation. */
  readonly uses: readonly Use[]
  /** Why the text does not expand, undefined where it does; the first of them is Flux's. */
  readonly refusals: readonly Refusal[]
}

/** The value of a variable, undefined where it is not set. */
export type Lookup = (name: string) => string | undefined

/** Operators that supply a value of their own where the variable has none. */
const DEFAULTS: ReadonlySet<string> = new Set(['=', ':=', ':-', ':+', ':?'])

/** Patterns are tried on every prefix of a value: longer values are left as they are. */
const MAX_TRIMMED = 20_000

/**
 * Replaces every `${…}` of a text, as fluxcd/pkg/envsubst 1.7.0 does. In strict mode a variable that
 * has no value is refused wherever no default is given; otherwise it is empty. All such places are
 * reported; Flux stops at the first.
 */
export function expand(text: string, lookup: Lookup, strict: boolean): Expansion {
  const parsed = parseExpressions(text)
  if (!parsed.ok) return { text, uses: [], refusals: [parsed.refusal] }
  const run = new Run(lookup, strict)
  const bytes = parsed.parts.map(part => run.evaluate(part)).join('')
  const decoded = fromBytes(bytes)
  if (decoded === undefined)
    run.refusals.push({ message: 'yaml: invalid UTF-8', start: 0, end: text.length })
  return { text: decoded ?? text, uses: run.uses, refusals: run.refusals }
}

class Run {
  readonly uses: Use[] = []
  readonly refusals: Refusal[] = []
  readonly #lookup: Lookup
  readonly #strict: boolean

  constructor(lookup: Lookup, strict: boolean) {
    this.#lookup = lookup
    this.#strict = strict
  }

  /** The value as a string of bytes: Go counts and cuts bytes. */
  evaluate(part: Part): string {
    if (typeof part === 'string') return toBytes(part)
    const args = part.args.map(arg => this.evaluate(arg))
    const value = this.#lookup(part.name)
    this.uses.push({ expression: part, set: value !== undefined })
    if (value === undefined && this.#strict && !DEFAULTS.has(part.operator))
      this.#refuse(part, `variable not set (strict mode): ${JSON.stringify(part.name)}`)
    const result = operate(part.operator, toBytes(value ?? ''), args)
    if (result !== undefined) return result
    this.#refuse(part, 'slice bounds out of range')
    return ''
  }

  #refuse(part: Expression, message: string): void {
    this.refusals.push({ message, start: part.start, end: part.end })
  }
}

/** One operator on a string of bytes; undefined where Go panics. */
function operate(operator: string, value: string, args: readonly string[]): string | undefined {
  const [first = '', second = ''] = args
  switch (operator) {
    case ',':
      return mapFirst(value, lower)
    case ',,':
      return mapAll(value, lower)
    case '^':
      return mapFirst(value, upper)
    case '^^':
      return mapAll(value, upper)
    case '#':
      return args.length === 0 ? String(value.length) : trim(value, first, 'shortest')
    case '##':
      return trim(value, first, 'longest')
    case '%':
      return reverse(trim(reverse(value), reverse(first), 'shortest'))
    case '%%':
      return reverse(trim(reverse(value), reverse(first), 'longest'))
    case ':':
      return substring(value, args)
    case '/#':
      return args.length === 2 && value.startsWith(first)
        ? second + value.slice(first.length)
        : value
    case '/%':
      return args.length === 2 && value.endsWith(first)
        ? value.slice(0, value.length - first.length) + second
        : value
    case '/':
      return value.replace(first, () => second)
    case '//':
      return first === '' ? between(value, second) : value.replaceAll(first, () => second)
    default:
      return value === '' ? args.join('') : value
  }
}

function substring(value: string, args: readonly string[]): string | undefined {
  const offset = integer(args[0])
  if (offset === undefined) return value
  const start = offset < 0 ? Math.max(0, value.length + offset) : offset
  if (args.length === 1) return value.slice(start)
  const length = integer(args[1])
  if (length === undefined) return value
  const end = start + length
  if (end >= value.length) return value.slice(start)
  return end < start ? undefined : value.slice(start, end)
}

/** What Go makes of replacing the empty text: one before, between and behind all characters. */
function between(bytes: string, inserted: string): string {
  const runes = Array.from(fromBytes(bytes) ?? '', toBytes)
  return ['', ...runes, ''].join(inserted)
}

/** As Go's `strconv.Atoi`: a sign and digits, 64 bits. */
function integer(text = ''): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const exact = BigInt(text.replace(/^\+/, ''))
  return BigInt.asIntN(64, exact) === exact ? Number(exact) : undefined
}

function trim(value: string, pattern: string, which: 'shortest' | 'longest'): string {
  if (value.length > MAX_TRIMMED) return value
  let cut = 0
  for (let end = value.length; end > 0; end--) {
    const matches = matchGlob(pattern, value.slice(0, end))
    if (matches === undefined) return value
    if (matches && which === 'longest') return value.slice(end)
    if (matches) cut = end
  }
  return value.slice(cut)
}

function reverse(bytes: string): string {
  const text = Buffer.from(bytes, 'latin1').toString('utf8')
  return toBytes(Array.from(text).toReversed().join(''))
}

/** Go maps each rune by itself: `ß` has no capital of one rune and stays. */
function upper(char: string): string {
  const mapped = char.toUpperCase()
  return Array.from(mapped).length === 1 ? mapped : char
}

function lower(char: string): string {
  return Array.from(char.toLowerCase())[0] ?? char
}

function mapFirst(bytes: string, map: (char: string) => string): string {
  const [first = '', ...rest] = Array.from(fromBytes(bytes) ?? '')
  return toBytes(map(first) + rest.join(''))
}

function mapAll(bytes: string, map: (char: string) => string): string {
  return toBytes(Array.from(fromBytes(bytes) ?? '', map).join(''))
}

const ASCII = /^[\0-\x7f]*$/

function toBytes(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

function fromBytes(bytes: string): string | undefined {
  if (ASCII.test(bytes)) return bytes
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return decoder.decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return undefined
  }
}
