/** A run of characters that may be an encoding, put together from pieces on several lines. */
export interface Token {
  /** Offset of its first character. */
  readonly start: number
  /** Offset behind its last one. */
  readonly end: number
  readonly text: string
  /** Its pieces, where each may be the bytes of a key by itself. */
  readonly parts?: readonly string[]
}

const MIN_PIECE = 8
const MIN_TOKEN = 40
const MAX_GAP = 48

const OTHER = 0
const CODE = 1
const PAD = 2
const GAP = 3
const BREAK = 4
/** Code as well, but three in a row are a rule. */
const HYPHEN = 5

/** A sign that joins strings in programs. */
const PLUS = 0x2b
const DASH = 0x2d

const classes = classify()

function classify(): Uint8Array {
  const table = new Uint8Array(256)
  const set = (chars: string, to: number) => {
    for (const char of chars) table[char.charCodeAt(0)] = to
  }
  set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_', CODE)
  set('-', HYPHEN)
  set('=', PAD)
  set(' \t"\'`\\,;>#|*.()\r', GAP)
  set('\n', BREAK)
  return table
}

/**
 * Every run of at least 40 characters of the base64 alphabets (hex and base32 are among them). Pieces
 * that stand alone on successive lines, and pieces that quotes part, are one token.
 */
export function findTokens(bytes: Buffer): Token[] {
  const tokens: Token[] = []
  const { length } = bytes
  let pieces: Piece[] = []
  const flush = () => {
    const token = joinPieces(bytes, pieces)
    if (token !== undefined) tokens.push(token)
    pieces = []
  }
  for (let at = 0; at < length;) {
    // Most runs are words, and there is nothing that they could continue.
    if (pieces.length === 0) at = nextLong(bytes, at)
    const kind = classes[bytes[at] ?? 0] ?? OTHER
    if (kind !== CODE && kind !== HYPHEN) {
      at++
      continue
    }
    if (kind === HYPHEN) while (isRule(bytes, at)) at++
    const start = at
    at = endOfCode(bytes, at)
    const isLong = at - start >= MIN_PIECE
    if (!isLong && pieces.length === 0) continue
    if (at - start === 1 && (bytes[start] === PLUS || bytes[start] === DASH)) continue
    const last = pieces.at(-1)
    if (last !== undefined && !isGap(bytes, last.end, start)) flush()
    // A word that something else than a gap follows stands alone.
    if (isLong && pieces.length === 0 && at - start < MIN_TOKEN && isOther(bytes, at)) continue
    if (isLong || (pieces.length > 0 && endsPiece(bytes, at))) pieces.push({ start, end: at })
    else if (pieces.length > 0) flush()
  }
  flush()
  return tokens
}

function isOther(bytes: Buffer, at: number): boolean {
  return at < bytes.length && classes[bytes[at] ?? 0] === OTHER
}

/**
 * Where the next run of at least `MIN_PIECE` characters of code may begin, from an offset that no run goes
 * on over; the end where there is none. Looks at the end of such a run first: where that is no code, none of
 * the characters before it begins one.
 */
function nextLong(bytes: Buffer, from: number): number {
  const { length } = bytes
  let at = from
  for (let end = at + MIN_PIECE - 1; end < length; end = at + MIN_PIECE - 1) {
    let back = end
    while (back >= at && isCode(bytes[back] ?? 0)) back--
    if (back < at) return at
    at = back + 1
  }
  return length
}

function isCode(byte: number): boolean {
  const kind = classes[byte]
  return kind === CODE || kind === HYPHEN
}

function endOfCode(bytes: Buffer, from: number): number {
  const { length } = bytes
  let at = from
  while (at < length) {
    const kind = classes[bytes[at] ?? 0]
    if (kind !== CODE && (kind !== HYPHEN || isRule(bytes, at))) break
    at++
  }
  return at
}

/** Three dashes in a row: a line of a PEM or a document, no code. */
function isRule(bytes: Buffer, at: number): boolean {
  if (bytes[at] !== DASH) return false
  return (
    (bytes[at + 1] === DASH && (bytes[at + 2] === DASH || bytes[at - 1] === DASH)) ||
    (bytes[at - 1] === DASH && bytes[at - 2] === DASH)
  )
}

interface Piece {
  readonly start: number
  readonly end: number
}

function joinPieces(bytes: Buffer, pieces: readonly Piece[]): Token | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)]
  if (first === undefined || last === undefined) return undefined
  if (pieces.length === 1 && first.end - first.start < MIN_TOKEN) return undefined
  if (last.end - first.start < MIN_TOKEN) return undefined
  const parts = pieces.map(({ start, end }) => bytes.toString('latin1', start, end))
  const text = parts.join('')
  if (text.length < MIN_TOKEN) return undefined
  const token = { start: first.start, end: last.end, text }
  return parts.length > 1 && parts.some(part => KEY_LENGTHS.has(part.length))
    ? { ...token, parts }
    : token
}

/** Characters of 32 bytes in base64, Bech32 without and with a checksum, base32 and hex. */
const KEY_LENGTHS: ReadonlySet<number> = new Set([43, 52, 56, 58, 64, 66])

/** Whether only what wraps a long string lies between two pieces: a line break, or quotes and a sign. */
function isGap(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > MAX_GAP) return false
  let breaks = 0
  let quotes = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    const kind = classes[byte] ?? OTHER
    if (kind === OTHER || ((kind === CODE || kind === HYPHEN) && byte !== PLUS && byte !== DASH))
      return false
    if (kind === BREAK) breaks++
    if (byte === 0x22 || byte === 0x27 || byte === 0x60 || byte === 0x5c) quotes++
  }
  return breaks > 0 ? breaks <= 2 : quotes > 0
}

/** The last piece may be short: what ends a line, or is padded, or stands in quotes. */
function endsPiece(bytes: Buffer, at: number): boolean {
  const next = bytes[at]
  return next === 0x3d || next === 0x22 || next === 0x27 || endsLine(bytes, at)
}

function endsLine(bytes: Buffer, at: number): boolean {
  for (let i = at; i < bytes.length && i < at + 4; i++) {
    const kind = classes[bytes[i] ?? 0]
    if (kind === BREAK) return true
    if (kind === OTHER || kind === CODE || kind === HYPHEN) return false
  }
  return true
}
