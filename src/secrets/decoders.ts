import type { Token } from './token.ts'

/** What a token may decode to, and the name of the encoding. */
export interface Decoded {
  readonly step: string
  readonly bytes: Buffer
}

const MAX_SHIFTED = 1 << 16
const MAX_EXAMINED = 1 << 20

/** Every reading of a token as hex, base32 or base64; most are noise, which the caller tells by looking. */
export function* decodeToken({ text }: Token): Iterable<Decoded> {
  // Longer runs are packed data, and regular expressions do not take them.
  if (text.length <= MAX_EXAMINED) yield* decodeNarrow(text)
  yield { step: 'base64', bytes: Buffer.from(text, 'base64') }
  // Something of the same alphabet may stand before it: `path/QUdF…`.
  if (text.length < 96 || text.length > MAX_SHIFTED) return
  for (const shift of [1, 2, 3])
    yield { step: 'base64', bytes: Buffer.from(text.slice(shift), 'base64') }
}

function* decodeNarrow(text: string): Iterable<Decoded> {
  const hex = /^(?:0x)?[0-9a-fA-F]{32,}$/.test(text)
    ? text.replace(/^0x/, '')
    : /[0-9a-fA-F]{64,}/.exec(text)?.[0]
  if (hex !== undefined) {
    yield { step: 'hex', bytes: Buffer.from(hex, 'hex') }
    yield { step: 'hex', bytes: Buffer.from(hex.slice(1), 'hex') }
  }
  if (/^(?:[A-Z2-7]+|[a-z2-7]+)$/.test(text) && /[2-7]/.test(text))
    yield { step: 'base32', bytes: base32(text) }
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
  /\b[0-9a-fA-F]{2}(?:[\s:,;-]{1,3}[0-9a-fA-F]{2}){23,}|0x[0-9a-fA-F]{2}(?:[\s,;]{1,3}0x[0-9a-fA-F]{2}){23,}/g
/** Numbers as a program lists bytes: `[65, 71, 69]`. */
const DECIMALS = /(?:\d{1,3}\s*,\s*){31,}\d{1,3}/g

/** Encodings that no run of one alphabet shows. */
export function* decodeLists(text: string): Iterable<Decoded & Piece> {
  for (const match of text.matchAll(SPACED_HEX)) {
    const digits = match[0].replaceAll('0x', '').replace(/[^0-9a-fA-F]/g, '')
    yield { step: 'hex', bytes: Buffer.from(digits, 'hex'), ...placeOf(match) }
  }
  for (const match of text.matchAll(DECIMALS)) {
    const numbers = match[0].split(',').map(Number)
    if (numbers.every(n => n < 256))
      yield { step: 'decimal bytes', bytes: Buffer.from(numbers), ...placeOf(match) }
  }
}

interface Piece {
  readonly start: number
  readonly end: number
}

function placeOf(match: RegExpExecArray): Piece {
  return { start: match.index, end: match.index + match[0].length }
}
