import { isAscii } from 'node:buffer'
import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib'
import { isTar, readTar } from './tar.ts'
import { isTooLarge, type Member, readZip } from './zip.ts'
import { bunzip } from './bunzip.ts'
import { unlzma, unxz } from './lzma.ts'

/** What some bytes hold once unpacked: `step` names the format. */
export interface Unpacked {
  readonly step: string
  readonly members: readonly Member[]
}

type Inflate = (bytes: Buffer, limit: number) => Buffer

/** What is cut off is unpacked as far as it goes. Not read before it is asked for: most runs unpack nothing. */
const loose = (limit: number) => ({
  finishFlush: constants.Z_SYNC_FLUSH,
  maxOutputLength: limit,
})
const gunzip: Inflate = (bytes, limit) => gunzipSync(bytes, loose(limit))
const inflate: Inflate = (bytes, limit) => inflateSync(bytes, loose(limit))
const unzstd: Inflate = (bytes, limit) => zstdDecompressSync(bytes, { maxOutputLength: limit })
const unbrotli: Inflate = (bytes, limit) => brotliDecompressSync(bytes, { maxOutputLength: limit })

/** Written here, and slower than those of Node: they unpack to less. */
const MAX_SLOW = 32 * 2 ** 20
const slow =
  (open: Inflate): Inflate =>
  (bytes, limit) =>
    open(bytes, Math.min(limit, MAX_SLOW))
const inflateRaw: Inflate = (bytes, limit) => inflateRawSync(bytes, { maxOutputLength: limit })

const formats: readonly (readonly [string, string, Inflate | undefined])[] = [
  ['gzip', '\x1f\x8b\x08', gunzip],
  ['zstd', '\x28\xb5\x2f\xfd', unzstd],
  ['xz', '\xfd7zXZ\x00', slow(unxz)],
  ['bzip2', 'BZh', slow(bunzip)],
  ['7z', '7z\xbc\xaf\x27\x1c', undefined],
  ['rar', 'Rar!\x1a\x07', undefined],
  ['lz4', '\x04\x22\x4d\x18', undefined],
]

/** Opens bytes that begin as an archive or a compressed stream; undefined where they do not. */
export function unpack(bytes: Buffer, limit: number, name = ''): Unpacked | undefined {
  if (bytes.length < 12) return undefined
  const start = bytes.toString('latin1', 0, 6)
  if (start.startsWith('PK\x03\x04')) return { step: 'zip', members: readZip(bytes, limit) }
  const format = formats.find(([, magic]) => start.startsWith(magic))
  if (format?.[0] === 'bzip2' && !/^BZh[1-9]1AY&SY/.test(bytes.toString('latin1', 0, 10)))
    return undefined
  if (format !== undefined) return { step: format[0], members: [one(format[2], bytes, limit)] }
  if (isTar(bytes)) return { step: 'tar', members: [...readTar(bytes)] }
  if (isLzma(bytes)) return optional('lzma', slow(unlzma), bytes, limit)
  if (bytes[0] === 0x78 && bytes.readUInt16BE(0) % 31 === 0)
    return optional('zlib', inflate, bytes, limit)
  return name.endsWith('.br') ? optional('brotli', unbrotli, bytes, limit) : undefined
}

function one(open: Inflate | undefined, bytes: Buffer, limit: number): Member {
  if (open === undefined) return { name: '', bytes: 'unknown' }
  if (limit <= 0) return { name: '', bytes: 'too large' }
  try {
    return { name: '', bytes: open(bytes, limit) }
  } catch (error) {
    return { name: '', bytes: isTooLarge(error) ? 'too large' : 'unknown' }
  }
}

/** LZMA alone: the usual properties, a dictionary of whole kibibytes, a length or none. */
function isLzma(bytes: Buffer): boolean {
  if (bytes[0] !== 0x5d || bytes[1] !== 0 || bytes.length < 18) return false
  const length = bytes.readBigUInt64LE(5)
  return bytes[2] === 0 && (length === 0xffffffffffffffffn || length < 2n ** 40n)
}

/** Bytes without a mark that may be a stream of deflate, or of brotli, by themselves: only a text proves it. */
export function guess(bytes: Buffer, isFirst: boolean): Unpacked | undefined {
  const block = (bytes[0] ?? 0) & 7
  // What is small is one block, and that is the last.
  const isDeflate = block === 3 || block === 5
  return (
    (isDeflate ? proven('deflate', inflateRaw, bytes) : undefined) ??
    (isFirst ? proven('brotli', unbrotli, bytes) : undefined)
  )
}

function proven(step: string, open: Inflate, bytes: Buffer): Unpacked | undefined {
  const { bytes: inner } = one(open, bytes, MAX_GUESS)
  const isText = typeof inner !== 'string' && inner.length >= bytes.length / 2 && isAscii(inner)
  return isText ? { step, members: [{ name: '', bytes: inner }] } : undefined
}

const MAX_GUESS = 1 << 20

/** A guess by two bytes: what does not inflate was none. */
function optional(step: string, open: Inflate, bytes: Buffer, limit: number): Unpacked | undefined {
  const member = one(open, bytes, limit)
  return member.bytes === 'unknown' ? undefined : { step, members: [member] }
}

const EMBEDDED =
  /\x1f\x8b\x08[\x00-\x1f]|PK\x03\x04|\x28\xb5\x2f\xfd|\xfd7zXZ\x00|BZh[1-9]1AY&SY|7z\xbc\xaf\x27\x1c|\x78[\x01\x5e\x9c\xda]/g
const MAX_EMBEDDED = 400

/** Offsets behind the start at which a packed stream may begin: in images, documents, pack files, after other data. */
export function* embeddedStarts(text: string): Iterable<number> {
  let count = 0
  let zips = 0
  for (const match of text.matchAll(EMBEDDED)) {
    if (match.index === 0) continue
    // One reading of a zip takes all headers behind it.
    if (match[0].startsWith('PK') && zips++ > 0) continue
    if (++count > MAX_EMBEDDED) return
    yield match.index
  }
}
