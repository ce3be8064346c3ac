/** One stanza of an age header: who can unwrap the file key, and how. */
export interface Stanza {
  readonly type: string
  readonly args: readonly string[]
  readonly body: Buffer
}

/** The header of an age file, read without a key, and how many bytes follow it. */
export interface Header {
  readonly stanzas: readonly Stanza[]
  readonly payload: number
}

const BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----'
const END = '-----END AGE ENCRYPTED FILE-----'

/** The bytes of strict age armor (C2SP age.md): lines of 64 columns, canonical base64; undefined where it is none. */
export function dearmor(text: string): Buffer | undefined {
  const lines = text.trim().split(/\r?\n/)
  if (lines.shift() !== BEGIN || lines.pop() !== END || lines.length === 0) return undefined
  const last = lines.at(-1) ?? ''
  if (lines.slice(0, -1).some(line => line.length !== 64)) return undefined
  if (last.length === 0 || last.length > 64 || last.length % 4 !== 0) return undefined
  const base64 = lines.join('')
  const bytes = Buffer.from(base64, 'base64')
  return bytes.toString('base64') === base64 ? bytes : undefined
}

const ARGUMENT = /^[\x21-\x7e]+$/

/** The header of an age file; undefined where it is not one. */
export function readHeader(bytes: Buffer): Header | undefined {
  const end = bytes.indexOf('\n--- ')
  const close = end === -1 ? -1 : bytes.indexOf(0x0a, end + 1)
  if (close === -1) return undefined
  const lines = bytes.toString('latin1', 0, end).split('\n')
  const mac = bytes.toString('latin1', end + 5, close)
  if (lines.shift() !== 'age-encryption.org/v1' || raw(mac)?.length !== 32) return undefined
  const stanzas: Stanza[] = []
  while (lines.length > 0) {
    const stanza = readStanza(lines)
    if (stanza === undefined) return undefined
    stanzas.push(stanza)
  }
  return { stanzas, payload: bytes.length - close - 1 }
}

/** Takes one stanza off the lines: its body ends with a line shorter than 64 columns. */
function readStanza(lines: string[]): Stanza | undefined {
  const [arrow, type = '', ...args] = (lines.shift() ?? '').split(' ')
  if (arrow !== '->' || ![type, ...args].every(part => ARGUMENT.test(part))) return undefined
  const parts: string[] = []
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line.length > 64) return undefined
    parts.push(line)
    if (line.length < 64) {
      const body = raw(parts.join(''))
      return body && { type, args, body }
    }
  }
  return undefined
}

/** Base64 without padding, canonical. */
export function raw(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.toString('base64').replace(/=+$/, '') === base64 ? bytes : undefined
}
