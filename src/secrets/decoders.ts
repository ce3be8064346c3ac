import { hasChecksum, payloadOf } from './bech32.ts'
import type { Token } from './token.ts'

/** The step to an identity whose prefix was left out: its checksum proves it. */
export const BARE_IDENTITY = 'identity without its prefix'
const PREFIXES = ['age-secret-key-', 'age-secret-key-pq-'] as const

/** What a token may decode to, and the name of the encoding. */
export interface Decoded {
  readonly step: string
  readonly bytes: Buffer
}

const MAX_SHIFTED = 1 << 16
const MAX_EXAMINED = 1 << 20

/** Every reading of a token as hex, base32 or base64; most are noise, which the caller tells by looking. */
export function* decodeToken({ text, parts = [] }: Token): Iterable<Decoded> {
  yield* decodeKey(text)
  for (const part of parts) yield* decodeKey(part)
  // Longer runs are packed data, and regular expressions do not take them.
  if (text.length <= MAX_EXAMINED) yield* decodeNarrow(text)
  yield { step: 'base64', bytes: Buffer.from(text, 'base64') }
  // Something of the same alphabet may stand before it: `path/QUdF…`.
  if (text.length < 96 || text.length > MAX_SHIFTED) return
  for (const shift of [1, 2, 3])
    yield { step: 'base64', bytes: Buffer.from(text.slice(shift), 'base64') }
}

/** A line that is 32 bytes by itself, also among others of its kind; an identity without its prefix. */
function* decodeKey(text: string): Iterable<Decoded> {
  if (text.length < 43 || text.length > 96) return
  if (/^(?:0x)?[0-9a-f]{64}$/i.test(text))
    yield { step: 'hex', bytes: Buffer.from(text.slice(-64), 'hex') }
  else if (text.length === 43) yield { step: 'base64', bytes: Buffer.from(text, 'base64') }
  const bare = /(?:^|[^a-z0-9]|1)([02-9ac-hj-np-z]{52}|[02-9ac-hj-np-z]{58})$/i.exec(text)?.[1]
  const bytes = bare === undefined ? undefined : bareIdentity(bare.toLowerCase())
  if (bytes !== undefined) yield bytes
}

function bareIdentity(data: string): Decoded | undefined {
  const isWhole = PREFIXES.some(prefix => data.length === 58 && hasChecksum(prefix, data))
  const payload = isWhole
    ? payloadOf(data)
    : data.length === 52
      ? payloadOf(`${data}qqqqqq`)
      : undefined
  return payload && { step: isWhole ? BARE_IDENTITY : 'bech32', bytes: Buffer.from(payload) }
}

function* decodeNarrow(text: string): Iterable<Decoded> {
  const hex = /^(?:0x)?[0-9a-fA-F]{32,}$/.test(text)
    ? text.replace(/^0x/, '')
    : /[0-9a-fA-F]{64,}/.exec(text)?.[0]
  if (hex !== undefined) {
    yield { step: 'hex', bytes: Buffer.from(hex, 'hex') }
    yield { step: 'hex', bytes: Buffer.from(hex.slice(1), 'hex') }
    if (hex.length >= 140 && hex.length < 4096)
      yield { step: 'reversed → hex', bytes: Buffer.from(hex.split('').reverse().join(''), 'hex') }
  }
  if (text.length >= 100 && text.length < 150 && BASE58.test(text)) yield base58(text)
  if (/^(?:[A-Z2-7]+|[a-z2-7]+)$/.test(text) && /[2-7]/.test(text))
    yield { step: 'base32', bytes: base32(text) }
}

const BASE58 = /^[1-9A-HJ-NP-Za-km-z]+$/
const DIGITS58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

function base58(text: string): Decoded {
  let value = 0n
  for (const char of text) value = value * 58n + BigInt(DIGITS58.indexOf(char))
  const hex = value.toString(16)
  return { step: 'base58', bytes: Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex') }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const DIGITS = new Map(ALPHABET.split('').map((char, i) => [char, i]))

export function base32(text: string): Buffer {
  const bytes = Buffer.alloc(Math.floor((text.length * 5) / 8))
  let held = 0
  let bits = 0
  let at = 0
  for (const char of text.toUpperCase()) {
    held = ((held << 5) | (DIGITS.get(char) ?? 0)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >> bits) & 0xff
  }
  return bytes
}

/** Pairs of hex digits with something between them: `41 47`, `41:47`, `0x41, 0x47`. */
const SPACED_HEX =
  /\b[0-9a-fA-F]{2}(?:[\s:,;-]{1,3}[0-9a-fA-F]{2}){23,}|0[xX][0-9a-fA-F]{2}(?:[\s,;]{1,3}0[xX][0-9a-fA-F]{2}){23,}/g
/** Numbers as a program lists bytes: `[65, 71, 69]`. */
const DECIMALS = /(?:\d{1,3}\s*,\s*){31,}\d{1,3}/g

/** Encodings that no run of one alphabet shows. */
export function* decodeLists(bytes: Buffer): Iterable<Decoded & Piece> {
  yield* decodeGroups(bytes)
  const [mayBeHex, mayBeDecimal] = [hasSpacedHex(bytes), hasDecimals(bytes)]
  if (!mayBeHex && !mayBeDecimal) return
  const text = bytes.toString('latin1')
  if (mayBeHex) yield* decodePairs(text)
  if (mayBeDecimal) yield* decodeNumbers(text)
}

/** How an identity begins, in hex and in bits. */
const GROUPS: readonly (readonly [string, string, number, RegExp])[] = [
  ['4147452d', 'hex', 16, /[^0-9a-f]/gi],
  ['4147452D', 'hex', 16, /[^0-9a-f]/gi],
  ['01000001', 'bits', 2, /[^01]/g],
]
const MAX_GROUPS = 8

/** Digits in groups of any size, from where an identity seems to begin. */
function* decodeGroups(bytes: Buffer): Iterable<Decoded & Piece> {
  for (const [sign, step, base, other] of GROUPS) {
    let count = 0
    for (let at = bytes.indexOf(sign); at !== -1; at = bytes.indexOf(sign, at + 8)) {
      if (++count > MAX_GROUPS) break
      const end = Math.min(bytes.length, at + 1000)
      const digits = bytes.toString('latin1', at, end).replace(other, '')
      const inner =
        base === 16
          ? Buffer.from(digits, 'hex')
          : Buffer.from((digits.match(/.{8}/g) ?? []).map(one => Number.parseInt(one, 2)))
      yield { step, bytes: inner, start: at, end }
    }
  }
}

function* decodePairs(text: string): Iterable<Decoded & Piece> {
  for (const match of text.matchAll(SPACED_HEX)) {
    const digits = match[0].replace(/0x/gi, '').replace(/[^0-9a-fA-F]/g, '')
    yield { step: 'hex', bytes: Buffer.from(digits, 'hex'), ...placeOf(match) }
  }
}

function* decodeNumbers(text: string): Iterable<Decoded & Piece> {
  for (const match of text.matchAll(DECIMALS)) {
    const numbers = match[0].split(',').map(Number)
    if (numbers.every(n => n < 256))
      yield { step: 'decimal bytes', bytes: Buffer.from(numbers), ...placeOf(match) }
  }
}

const NONE = 0
const BLANK = 1
const SIGN = 2
const COMMA = 3
const DIGIT = 4
const LETTER = 5
const CROSS = 6

const listClasses = classifyLists()

function classifyLists(): Uint8Array {
  const table = new Uint8Array(256)
  const set = (chars: string, to: number) => {
    for (const char of chars) table[char.charCodeAt(0)] = to
  }
  set(' \t\n\v\f\r\u00a0', BLANK)
  set(':;-', SIGN)
  set(',', COMMA)
  set('0123456789', DIGIT)
  set('abcdefABCDEF', LETTER)
  set('xX', CROSS)
  return table
}

/** The shortest list of pairs is 71 characters long, the shortest of numbers 63: one of so many lies inside. */
const STRIDE = 28
const LOOK = 28
/** `0x41,\n  0x42` and so on: three whole ones in the worst case. */
const MIN_GROUPS = 3

/** Whether pairs of hex digits may be listed: some stretch holds nothing else, and never long without a sign. */
export function hasSpacedHex(bytes: Buffer): boolean {
  for (let at = STRIDE; at < bytes.length; at += STRIDE) {
    let digits = 0
    let signs = 0
    let groups = 0
    let i = at
    for (const end = Math.min(bytes.length, at + LOOK); i < end; i++) {
      const kind = listClasses[bytes[i] ?? 0] ?? NONE
      if (kind === NONE) break
      if (kind >= DIGIT) {
        if (++digits > 4) break
        signs = 0
      } else {
        if (++signs > 3) break
        if (digits > 0) groups++
        digits = 0
      }
    }
    if (i === at + LOOK && groups >= MIN_GROUPS) return true
  }
  return false
}

/** Whether numbers may be listed: some stretch holds digits, commas and blanks only. */
export function hasDecimals(bytes: Buffer): boolean {
  for (let at = STRIDE; at < bytes.length; at += STRIDE) {
    let commas = 0
    let digits = 0
    let i = at
    for (; i < bytes.length; i++) {
      const kind = listClasses[bytes[i] ?? 0] ?? NONE
      if (kind === COMMA) commas++
      else if (kind === DIGIT) digits++
      else if (kind !== BLANK) break
      if (commas > 3 && digits > 3) return true
    }
    // Nothing before the sign that ended this stretch can be part of a longer list.
    at = i
  }
  return false
}

interface Piece {
  readonly start: number
  readonly end: number
}

function placeOf(match: RegExpExecArray): Piece {
  return { start: match.index, end: match.index + match[0].length }
}
