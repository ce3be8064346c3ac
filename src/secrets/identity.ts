import { createHash } from 'node:crypto'
import { hasChecksum, isOneEditAway, payloadOf, validLength } from './bech32.ts'
import { fingerprintOf } from './fingerprint.ts'
import { type Leak, ROTATE } from './leak.ts'
import type { Hit } from './needle.ts'
import { isPublished } from './published.ts'
import { placeOf, type View } from './view.ts'

/** Characters of data behind `1` in an identity of 32 bytes: 52 digits and 6 of checksum. */
const LENGTH = 58
/** Bytes that may lie between two characters of a key that was taken apart. */
const MAX_GAP = 96
/** Plugins whose identity only points at a key that lies in a device. */
const HANDLES = /^(yubikey|se|tpm|fido2-hmac|fido2prf|1p|openpgp-card|tkey|ledger|trezor)$/

/** The age identity at a hit of `agesecretkey` or `ageplugin`, whatever is strewn between its characters. */
export function identityAt(view: View, hit: Hit): Leak | undefined {
  const reading = gather(view.bytes, hit.end, hit.needle === 'plugin' ? 3000 : LENGTH + 3)
  if (hit.needle === 'plugin') return pluginLeak(view, hit, reading)
  const postQuantum = reading.text.startsWith('pq1')
  const data = reading.text.slice(postQuantum ? 3 : 1).slice(0, LENGTH)
  if ((!postQuantum && reading.text[0] !== '1') || data.length < LENGTH) return undefined
  const prefix = postQuantum ? 'age-secret-key-pq-' : 'age-secret-key-'
  const kind = postQuantum ? 'post-quantum age identity' : 'age identity'
  const end = (reading.offsets[(postQuantum ? 3 : 1) + LENGTH - 1] ?? hit.end) + 1
  if (hasChecksum(prefix, data)) return found(view, hit, end, kind, payloadOf(data) ?? data)
  if (new Set(data).size < 12 || !isOneEditAway(prefix, data)) return undefined
  const leak = found(view, hit, end, `${kind} with one wrong character`, data)
  return { ...leak, level: 'warning' }
}

interface Reading {
  readonly text: string
  readonly offsets: readonly number[]
}

/** The next letters and digits, lower case, with their offsets. */
function gather(bytes: Buffer, from: number, count: number): Reading {
  const offsets: number[] = []
  let text = ''
  for (let at = from, gap = 0; at < bytes.length && text.length < count && gap <= MAX_GAP; at++) {
    const byte = bytes[at] ?? 0
    const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a && byte < 0x80
    if (!isLetter && (byte < 0x30 || byte > 0x39)) {
      gap++
      continue
    }
    gap = 0
    text += String.fromCharCode(isLetter ? byte | 0x20 : byte)
    offsets.push(at)
  }
  return { text, offsets }
}

/** A plugin's identity says neither how long its name is nor how long its data: the checksum does. */
function pluginLeak(view: View, hit: Hit, { text, offsets }: Reading): Leak | undefined {
  for (let one = text.indexOf('1'); one > 0 && one <= 40; one = text.indexOf('1', one + 1)) {
    const name = nameOf(view.bytes, hit.end, offsets[one] ?? 0)
    const data = /^[02-9ac-hj-np-z]*/.exec(text.slice(one + 1))?.[0] ?? ''
    const length = validLength(`age-plugin-${name}-`, data)
    if (length < 7) continue
    const kind = `identity of the age plugin ${name}`
    const end = (offsets[one + length] ?? hit.end) + 1
    const leak = found(view, hit, end, kind, `${name}1${data.slice(0, length)}`)
    return HANDLES.test(name) ? { ...leak, level: 'warning' } : leak
  }
  return undefined
}

/** The name between `AGE-PLUGIN-` and `-1`, as written but for case and what hides it. */
function nameOf(bytes: Buffer, from: number, to: number): string {
  const written = bytes.toString('latin1', from, to).toLowerCase()
  return written.replace(/[^a-z0-9+._-]/g, '').replace(/^-|-$/g, '')
}

/** The 32 bytes of an identity whose prefix was left out. */
export function bareIdentity(view: View): Leak {
  return leakOf(view, 0, view.bytes.length, 'age identity', view.bytes)
}

function found(view: View, hit: Hit, end: number, kind: string, secret: Uint8Array | string): Leak {
  return leakOf(view, startOf(view.bytes, hit.end), end, kind, secret)
}

function leakOf(
  view: View,
  start: number,
  end: number,
  kind: string,
  secret: Uint8Array | string,
): Leak {
  const published = isPublished(createHash('sha256').update(secret).digest('hex'))
  return {
    code: 'age-identity',
    message: published
      ? `${kind} that is published as a test vector: it protects nothing`
      : `${kind}: whoever reads it decrypts everything encrypted for it`,
    ...placeOf(view, start, end),
    hidden: view.hidden,
    fingerprint: fingerprintOf('age', secret),
    help: `${ROTATE}: age-keygen -o age.agekey; replace the recipient in .sops.yaml; sops updatekeys FILE and sops rotate -i FILE for each file; then change every value that was encrypted`,
    ...(published ? { level: 'note' as const } : {}),
  }
}

/** Where the prefix that ends at `end` begins: its `a`, not further than what may be strewn in. */
function startOf(bytes: Buffer, end: number): number {
  const from = Math.max(0, end - 200)
  const before = bytes.toString('latin1', from, end)
  const at = Math.max(
    ...['g', 'G'].flatMap(g => [before.lastIndexOf(`A${g}`), before.lastIndexOf(`a${g}`)]),
  )
  return at === -1 ? Math.max(0, end - 14) : from + at
}
