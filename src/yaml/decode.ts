/** Bytes that go-yaml refuses to read: its words, where, and the text with U+FFFD for what is wrong. */
export interface Undecodable {
  readonly message: string
  /** Offset in `text`. */
  readonly offset: number
  readonly text: string
}

/** Bytes → text: byte order marks, UTF-16 and invalid UTF-8 as go-yaml's reader takes them. */
export function decode(bytes: Uint8Array): string | Undecodable {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes.subarray(2), 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes.subarray(2), 'utf-16be')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const body =
      bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
    return explainUtf8(body)
  }
}

function decodeUtf16(bytes: Uint8Array, encoding: string): string | Undecodable {
  const text = new TextDecoder(encoding).decode(bytes)
  if (bytes.length % 2 === 1)
    return {
      message: 'yaml: incomplete UTF-16 character',
      offset: Math.max(text.length - 1, 0),
      text,
    }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return { message: 'yaml: unexpected low surrogate area', offset: text.indexOf('\ufffd'), text }
  }
}

/** Finds the first octet that is wrong and says what go-yaml says of it. */
function explainUtf8(bytes: Uint8Array): Undecodable {
  let at = 0
  let message = 'invalid leading UTF-8 octet'
  for (; at < bytes.length;) {
    const step = readCharacter(bytes, at)
    if (typeof step === 'string') {
      message = step
      break
    }
    at += step
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const offset = decoder.decode(bytes.subarray(0, at)).length
  return { message: `yaml: ${message}`, offset, text: decoder.decode(bytes) }
}

/** The length of the character at an offset, or what is wrong with it. */
function readCharacter(bytes: Uint8Array, at: number): number | string {
  const first = bytes[at] ?? 0
  const width = widthOf(first)
  if (width === 0) return 'invalid leading UTF-8 octet'
  if (at + width > bytes.length) return 'incomplete UTF-8 octet sequence'
  let code = width === 1 ? first : first & (0x7f >> width)
  for (let i = 1; i < width; i++) {
    const octet = bytes[at + i] ?? 0
    if ((octet & 0xc0) !== 0x80) return 'invalid trailing UTF-8 octet'
    code = code * 64 + (octet & 0x3f)
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][width] ?? 0
  if (code < least) return 'invalid length of a UTF-8 sequence'
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return 'invalid Unicode character'
  return width
}

function widthOf(octet: number): number {
  if (octet < 0x80) return 1
  if ((octet & 0xe0) === 0xc0) return 2
  if ((octet & 0xf0) === 0xe0) return 3
  return (octet & 0xf8) === 0xf0 ? 4 : 0
}
