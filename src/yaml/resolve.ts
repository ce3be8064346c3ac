import type { Reader, Scalar } from './node.ts'
import { parseFloat64, parseNumber } from './number.ts'
import { parseTimestamp } from './timestamp.ts'

export type ScalarType = 'null' | 'bool' | 'int' | 'float' | 'string' | 'timestamp' | 'binary'

/** What a scalar means to its reader. `problem` is set where its tag cannot hold its text. */
export interface Resolved {
  readonly type: ScalarType
  readonly value: null | boolean | number | bigint | string
  readonly problem?: string
}

const prefix = 'tag:yaml.org,2002:'
const nothing: Resolved = { type: 'null', value: null }
const yes: Resolved = { type: 'bool', value: true }
const no: Resolved = { type: 'bool', value: false }

const words = new Map<string, Resolved>([
  ['', nothing],
  ...['~', 'null', 'Null', 'NULL'].map(word => [word, nothing] as const),
  ...['true', 'True', 'TRUE'].map(word => [word, yes] as const),
  ...['false', 'False', 'FALSE'].map(word => [word, no] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, real(Number.NaN)] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    word => [word, real(Number.POSITIVE_INFINITY)] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, real(Number.NEGATIVE_INFINITY)] as const),
])

/** What YAML 1.1 takes for booleans besides; go-yaml v2 does, v3 does not. */
const oldWords = new Map<string, Resolved>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map(word => [word, yes] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map(word => [word, no] as const),
])

/** Whether the text was a boolean in YAML 1.1 only: go-yaml v3 quotes such strings. */
export function isOldBool(text: string): boolean {
  return oldWords.has(text)
}

/** First characters of texts that may be no strings: digits, signs, `.`, and those of the words. */
const hints = new Set(Buffer.from('+-0123456789.yYnNtTfFoO~'))

function real(value: number): Resolved {
  return { type: 'float', value }
}

/** What a plain text without tag means to a reader; undefined where it is a string. */
export function resolvePlain(text: string, reader: Reader): Resolved | undefined {
  const first = text.charCodeAt(0)
  if (text !== '' && !hints.has(first)) return undefined
  if (text.length < 6) {
    const word = words.get(text) ?? (reader === 'v2' ? oldWords.get(text) : undefined)
    if (word) return word
  }
  if (first === 46) {
    const value = parseFloat64(text)
    return value === undefined ? undefined : { type: 'float', value }
  }
  if (first > 57) return undefined
  const small = smallInteger(text, first)
  if (small !== undefined) return { type: 'int', value: small }
  const time = parseTimestamp(text)
  // go-yaml v2 recognises it and gives the text all the same.
  if (time !== undefined)
    return reader === 'v3' ? { type: 'timestamp', value: time } : { type: 'string', value: text }
  return parseNumber(text, reader)
}

/** A decimal number of few digits, which most numbers are. */
function smallInteger(text: string, first: number): number | undefined {
  const { length } = text
  if (length > 9 || (first === 48 && length > 1)) return undefined
  let value = 0
  for (let at = 0; at < length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

/** Whether a plain text without tag is a string whatever comes behind its first character. */
export function isStringStart(text: string): boolean {
  return text !== '' && !hints.has(text.charCodeAt(0))
}

/** What a scalar means to its reader, tag and style taken into account. */
export function resolveScalar(scalar: Scalar): Resolved {
  const { text, tag, reader } = scalar
  if (tag === undefined || (tag === '!' && reader === 'v3')) {
    const plain = scalar.style === 'plain' ? resolvePlain(text, reader) : undefined
    return plain ?? { type: 'string', value: text }
  }
  if (!tag.startsWith(prefix)) return { type: 'string', value: text }
  return resolveTagged(text, tag.slice(prefix.length), reader)
}

const holds: Readonly<Record<string, ScalarType>> = {
  bool: 'bool',
  int: 'int',
  float: 'float',
  null: 'null',
  timestamp: 'timestamp',
}

function resolveTagged(text: string, name: string, reader: Reader): Resolved {
  if (name === 'binary') return resolveBinary(text)
  const type = holds[name]
  if (type === undefined) return { type: 'string', value: text }
  const found = resolvePlain(text, reader) ?? { type: 'string', value: text }
  if (found.type === type) return found
  if (type === 'float' && found.type === 'int') return { type, value: Number(found.value) }
  if (type === 'timestamp' && parseTimestamp(text) !== undefined) return found
  return { ...found, problem: `cannot decode !!${names[found.type]} as a !!${name}` }
}

const names: Readonly<Record<ScalarType, string>> = {
  null: 'null',
  bool: 'bool',
  int: 'int',
  float: 'float',
  string: 'str',
  timestamp: 'timestamp',
  binary: 'binary',
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function resolveBinary(text: string): Resolved {
  const clean = text.replace(/[\r\n]/g, '')
  if (!base64.test(clean))
    return { type: 'binary', value: '', problem: '!!binary value contains invalid base64 data' }
  return { type: 'binary', value: Buffer.from(clean, 'base64').toString('utf8') }
}
