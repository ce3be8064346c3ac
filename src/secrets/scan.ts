import { codedAt } from './coded.ts'
import { expandText } from './expand.ts'
import { fingerprintOf } from './fingerprint.ts'
import { bareIdentity, identityAt } from './identity.ts'
import { BARE_IDENTITY } from './decoders.ts'
import type { Leak } from './leak.ts'
import { findNeedles, type Hit } from './needle.ts'
import { binaryKey, isKeyStore } from './keystore.ts'
import { derKey, leakOf, privateKeyAt } from './privatekey.ts'
import { tokenAt } from './provider.ts'
import { embeddedStarts, guess, unpack, type Unpacked } from './unpack.ts'
import { innerView, rootView, type View } from './view.ts'

/** Layers of encoding that are undone at most. */
const MAX_DEPTH = 7
/** Bytes that are looked at for one file: so many, and so many for each byte it has or unpacks to. */
const MIN_WORK = 64 * 2 ** 20
const WORK_PER_BYTE = 12
/** What looking for the end of a plugin's identity costs. */
const PLUGIN_WORK = 2 ** 15
/** What looking at a token costs. */
const TOKEN_WORK = 2 ** 12
/** Bytes that everything packed in one file may unpack to. */
const MAX_UNPACKED = 128 * 2 ** 20

/** Stretches without a mark that are tried as packed ones. */
const MAX_GUESSES = 4
const MAX_GUESSED = 1 << 16

/** Recipients whose identity a candidate of 32 bytes may be; see `recipients.ts`. */
export interface Prover {
  /** The recipient that these 32 bytes are the key of. */
  prove(bytes: Uint8Array): string | undefined
}

/** Judges what a file holds encoded or packed, as a file of its own. */
export type Inspect = (view: View, name: string) => Leak | undefined

interface Search {
  readonly leaks: Map<string, Leak>
  readonly prover: Prover | undefined
  readonly inspect: Inspect | undefined
  readonly name: string
  work: number
  unpacked: number
  isOver: boolean
  guesses: number
}

/** Every key in the bytes of a file, under whatever encoding, and what could not be looked into. */
export function scanBytes(
  bytes: Uint8Array,
  name = '',
  prover?: Prover,
  inspect?: Inspect,
): Leak[] {
  const work = MIN_WORK + WORK_PER_BYTE * bytes.length
  const search: Search = {
    leaks: new Map(),
    prover,
    inspect,
    name,
    work,
    unpacked: MAX_UNPACKED,
    isOver: false,
    guesses: isEncrypted(bytes) ? 0 : MAX_GUESSES,
  }
  scanView(rootView(bytes), search, 0)
  return [...search.leaks.values()]
}

/** Files of SOPS are full of base64 that is nothing else. */
function isEncrypted(bytes: Uint8Array): boolean {
  const { buffer, byteOffset, byteLength } = bytes
  return Buffer.from(buffer, byteOffset, byteLength).includes('ENC[AES256_GCM,')
}

function scanView(view: View, search: Search, depth: number): void {
  if (search.isOver) return
  search.work -= view.bytes.length
  if (search.work < 0) {
    search.isOver = true
    report(search, opaque(view, 'it decodes to more than fluxgate is willing to look through'))
    return
  }
  for (const hit of findNeedles(view.bytes)) {
    if (hit.needle === 'plugin') search.work -= PLUGIN_WORK
    if (hit.needle === 'token') search.work -= TOKEN_WORK
    if (hit.needle === 'coded') search.work -= PLUGIN_WORK
    if (search.work < 0) break
    const leak = leakAt(view, hit)
    if (leak !== undefined) report(search, leak)
  }
  scanBinary(view, search)
  const inner = depth > 0 ? search.inspect?.(view, search.name) : undefined
  if (inner !== undefined) report(search, inner)
  if (depth >= MAX_DEPTH || view.hidden.at(-1) === 'parts') return
  if (scanPacked(view, search, depth)) return
  if (depth > 0 && !isText(view.bytes)) return
  for (const inner of expandText(view)) scanView(inner, search, depth + 1)
}

function leakAt(view: View, hit: Hit): Leak | undefined {
  const { needle, word, end } = hit
  if (needle === 'identity' || needle === 'plugin') return identityAt(view, hit)
  if (needle === 'token') return tokenAt(view, word, end)
  if (needle === 'coded') return firstIdentity(codedAt(view, word, end))
  if (needle === 'age file') return passphraseFile(view, end)
  return needle.includes('identity') ? mirrored(view, end, needle) : privateKeyAt(view, hit)
}

function scanBinary(view: View, search: Search): void {
  const { bytes, hidden } = view
  const last = hidden.at(-1)
  if (last === BARE_IDENTITY) report(search, bareIdentity(view))
  if (hidden.length > 0 && !/^(?:base64|hex|base32|bech32|decimal bytes)$/.test(last ?? '')) return
  const recipient = bytes.length === 32 ? search.prover?.prove(bytes) : undefined
  if (recipient !== undefined) {
    const message = `age identity as bare bytes: its public key is the recipient ${recipient}`
    const leak = leakOf(view, 0, 32, '', bytes)
    const fingerprint = fingerprintOf('age', bytes)
    report(search, { ...leak, code: 'age-identity', message, fingerprint })
  }
  const der = derKey(bytes) ?? binaryKey(bytes)
  if (der !== undefined) report(search, leakOf(view, 0, bytes.length, der, bytes))
  else if (isKeyStore(bytes)) report(search, opaque(view, 'it is a key store under a password'))
}

/** Looks into archives; true when the whole view is one. */
function scanPacked(view: View, search: Search, depth: number): boolean {
  const { bytes } = view
  const whole =
    unpack(bytes, Math.max(0, search.unpacked), search.name) ?? guessed(view, search, depth)
  if (whole !== undefined) {
    for (const { name, bytes: inner } of whole.members) {
      const step = name === '' ? whole.step : `${whole.step} member`
      if (typeof inner === 'string') {
        report(search, opaque(view, `${whole.step}: ${REASON[inner]}`))
        continue
      }
      grow(search, inner.length)
      scanView(innerView(view, step, Buffer.from(name), 0, bytes.length), search, depth + 1)
      scanView(innerView(view, step, inner, 0, bytes.length), search, depth + 1)
    }
    return true
  }
  if (isText(bytes)) return false
  for (const at of embeddedStarts(bytes.toString('latin1'))) {
    const part = unpack(bytes.subarray(at), Math.max(0, search.unpacked))
    for (const { bytes: inner } of part?.members ?? [])
      if (typeof inner !== 'string' && inner.length > 0) {
        grow(search, inner.length)
        scanView(innerView(view, part?.step ?? '', inner, at, at + 1), search, depth + 1)
      }
  }
  return false
}

/** Whether a file without a mark, or what some base64 of it holds, is packed all the same. */
function guessed({ bytes, hidden }: View, search: Search, depth: number): Unpacked | undefined {
  const mayBe = depth === 0 || (depth === 1 && hidden[0] === 'base64')
  if (!mayBe || bytes.length > MAX_GUESSED || search.guesses <= 0 || isText(bytes)) return undefined
  if (depth === 1 && !isDense(bytes)) return undefined
  search.guesses--
  return guess(bytes, search.guesses >= MAX_GUESSES - 2)
}

/** Whether bytes came from base64 that is no path and no name: letters of both cases, and digits. */
function isDense(bytes: Buffer): boolean {
  const text = bytes.toString('base64', 0, 60)
  return (
    (text.match(/[A-Z]/g)?.length ?? 0) > 15 &&
    (text.match(/[a-z]/g)?.length ?? 0) > 15 &&
    (text.match(/\d/g)?.length ?? 0) > 4
  )
}

function grow(search: Search, length: number): void {
  search.unpacked -= length
  search.work += WORK_PER_BYTE * length
}

const REASON = {
  encrypted: 'it is protected by a password',
  unknown: 'fluxgate cannot open it',
  'too large': 'it unpacks to more than fluxgate is willing to look through',
} as const

/** Whether most of the first bytes are characters. */
function isText(bytes: Buffer): boolean {
  const end = Math.min(bytes.length, 1024)
  let odd = 0
  for (let at = 0; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) odd++
    else if (byte >= 128) odd += 0.34
  }
  return odd * 10 < end
}

function passphraseFile(view: View, end: number): Leak | undefined {
  if (!view.bytes.toString('latin1', end, end + 16).startsWith('/v1\n-> scrypt ')) return undefined
  const leak = leakOf(view, Math.max(0, end - 18), end + 16, '', view.bytes.subarray(end, end + 64))
  const message =
    'age file under a passphrase, which can be guessed offline: it may hold an identity'
  return { ...leak, code: 'opaque-content', level: 'warning', message }
}

/** A key written backwards or under rot13. */
function mirrored(view: View, end: number, needle: string): Leak | undefined {
  const isReversed = needle.startsWith('reversed')
  const [from, to] = [Math.max(0, end - (isReversed ? 200 : 24)), end + (isReversed ? 8 : 160)]
  const bytes = Buffer.from(view.bytes.subarray(from, to))
  if (isReversed) bytes.reverse()
  else for (let i = 0; i < bytes.length; i++) bytes[i] = rot13(bytes[i] ?? 0)
  const inner = innerView(view, isReversed ? 'reversed' : 'rot13', bytes, from, to)
  return firstIdentity(inner)
}

function firstIdentity(view: View | undefined): Leak | undefined {
  if (view === undefined) return undefined
  const hits = [...findNeedles(view.bytes)].filter(hit => /^(identity|plugin)$/.test(hit.needle))
  return hits.map(hit => identityAt(view, hit)).find(leak => leak !== undefined)
}

function rot13(byte: number): number {
  const letter = (byte | 0x20) - 0x61
  if (letter < 0 || letter > 25 || byte > 0x7f) return byte
  return (byte & 0x20 ? 0x61 : 0x41) + ((letter + 13) % 26)
}

function opaque(view: View, why: string): Leak {
  const leak = leakOf(view, 0, view.bytes.length, '', view.bytes)
  const help = 'commit what it holds instead, or allow it with a reason in .github/fluxgate.yaml'
  return {
    ...leak,
    code: 'opaque-content',
    level: 'warning',
    message: `could not be looked into: ${why}`,
    help,
  }
}

/** Keeps the reading with the fewest layers of each secret. */
function report({ leaks }: Search, leak: Leak): void {
  const known = leaks.get(leak.fingerprint)
  if (known === undefined || known.hidden.length > leak.hidden.length)
    leaks.set(leak.fingerprint, leak)
}
