import { fingerprintOf } from './fingerprint.ts'
import { type Leak, ROTATE } from './leak.ts'
import type { Hit } from './needle.ts'
import { placeOf, type View } from './view.ts'

const BEGIN =
  /-{4,5}\s?BEGIN ((?:[A-Z0-9]+ )*)PRIVATE KEY(?: BLOCK)?\s?-{4,5}|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----/gi
const MAX_BODY = 16_384
const MIN_BODY = 48

/** The private key in PEM, OpenSSH, PGP or PuTTY form at a hit; a heading without a body is none. */
export function privateKeyAt(view: View, hit: Hit): Leak | undefined {
  if (hit.needle === 'putty key') return puttyKey(view, hit)
  if (hit.needle === 'openssh key') return opensshKey(view, hit)
  const from = Math.max(0, hit.end - 80)
  const window = view.bytes.toString('latin1', from, hit.end + 40)
  for (const match of window.matchAll(BEGIN)) {
    const [start, end] = [from + match.index, from + match.index + match[0].length]
    if (start > hit.end || end < hit.end) continue
    const body = bodyOf(view.bytes.toString('latin1', end, end + MAX_BODY))
    const kind = kindOf(match[1] ?? '', body)
    if (kind === undefined) return undefined
    return leakOf(view, start, end + body.raw, kind, Buffer.from(body.base64, 'base64'))
  }
  return undefined
}

interface Body {
  readonly base64: string
  /** Characters up to the end of the block. */
  readonly raw: number
  readonly encrypted: boolean
}

/** What stands between the two dashed lines, without line breaks, escapes of them, quotes and headers. */
function bodyOf(text: string): Body {
  const end = text.search(/-{4,5}\s?(?:END|BEGIN)/i)
  const block = end === -1 ? text : text.slice(0, end)
  const plain = block
    .replace(/\\+[nrt]/g, '\n')
    .replace(/\\u000[ad]/gi, '\n')
    .replace(/^[^\S\n]*[A-Za-z-]+: [^\n]*$/gm, '')
  const base64 =
    /^[A-Za-z0-9+/=\s"'`\\,>|#*.+-]*/.exec(plain)?.[0].replace(/[^A-Za-z0-9+/]/g, '') ?? ''
  const raw = end === -1 ? Math.min(block.length, base64.length + 64) : end
  return { base64, raw, encrypted: /ENCRYPTED/.test(block) }
}

function kindOf(label: string, { base64, encrypted }: Body): string | undefined {
  if (base64.length < MIN_BODY || new Set(base64).size < 16) return undefined
  const bytes = Buffer.from(base64, 'base64')
  const locked = encrypted || /ENCRYPTED/i.test(label)
  const protectedBy = locked ? ', protected by a passphrase only' : ''
  if (/PGP/i.test(label)) return isPgpSecret(bytes) ? 'PGP private key' : undefined
  if (/OPENSSH/i.test(label) || bytes.toString('latin1', 0, 14) === 'openssh-key-v1')
    return bytes.toString('latin1', 0, 14) === 'openssh-key-v1'
      ? `OpenSSH private key${sshLock(bytes)}`
      : undefined
  if (bytes[0] !== 0x30 && !locked) return undefined
  return `${label.trim() === '' ? '' : `${label.trim()} `}private key${protectedBy}`
}

/** Packet tags 5 and 7: secret key and secret subkey (RFC 9580, 4.3). */
export function isPgpSecret(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0
  const tag = first & 0x40 ? first & 0x3f : (first >> 2) & 0xf
  return (first & 0x80) !== 0 && (tag === 5 || tag === 7)
}

function sshLock(bytes: Buffer): string {
  return bytes.toString('latin1', 15, 30).includes('none') ? '' : ', protected by a passphrase only'
}

/** The binary form that stands inside an OpenSSH key: its magic ends in `v1` and a NUL. */
function opensshKey(view: View, hit: Hit): Leak | undefined {
  const start = hit.end - 13
  if (view.bytes.toString('latin1', start, start + 15) !== 'openssh-key-v1\0') return undefined
  const body = view.bytes.subarray(start, start + MAX_BODY)
  if (body.length < 64) return undefined
  return leakOf(view, start, start + body.length, 'OpenSSH private key', body.toString('base64'))
}

function puttyKey(view: View, hit: Hit): Leak | undefined {
  const text = view.bytes.toString('latin1', hit.end, hit.end + MAX_BODY)
  const body = /^-[123]: [\s\S]*?Private-Lines: \d+\s+([A-Za-z0-9+/=\s]{40,})/.exec(text)
  if (body === null) return undefined
  const start = Math.max(0, hit.end - 19)
  return leakOf(view, start, hit.end + body[0].length, 'PuTTY private key', body[1] ?? '')
}

/** A private key in DER: PKCS #8, PKCS #1 or SEC 1, told by its version and its algorithm. */
export function derKey(bytes: Buffer): string | undefined {
  if (bytes.length < 48 || bytes[0] !== 0x30) return undefined
  const long = (bytes[1] ?? 0) & 0x80 ? (bytes[1] ?? 0) & 0x7f : 0
  if (long > 3) return undefined
  const length = long === 0 ? (bytes[1] ?? 0) : bytes.readUIntBE(2, long)
  const at = 2 + long
  if (length + at > bytes.length + 3 || length < 40 || bytes[at] !== 2 || bytes[at + 1] !== 1)
    return undefined
  const body = bytes.subarray(at + 3)
  const version = bytes[at + 2] ?? 9
  if (
    version <= 1 &&
    body[0] === 0x30 &&
    /\x06[\x03-\x09][\x2a\x2b]/.test(body.toString('latin1', 0, 8))
  )
    return 'PKCS #8 private key'
  if (version === 0 && body[0] === 2 && (body[1] ?? 0) > 0x3f && length > 250)
    return 'RSA private key'
  return version === 1 && body[0] === 4 && (body[1] === 0x20 || body[1] === 0x30)
    ? 'EC private key'
    : undefined
}

export function leakOf(
  view: View,
  start: number,
  end: number,
  kind: string,
  secret: string | Uint8Array,
): Leak {
  return {
    code: 'private-key',
    message: `${kind}: whoever reads it can use it`,
    ...placeOf(view, start, end),
    hidden: view.hidden,
    fingerprint: fingerprintOf('key', secret),
    help: `${ROTATE}: make a new key pair, replace the public half everywhere, and only then delete this one`,
  }
}
