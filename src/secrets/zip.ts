import { inflateRawSync, zstdDecompressSync } from 'node:zlib'
import { bunzip, TooMuch } from './bunzip.ts'
import { unlzmaZip, unxz } from './lzma.ts'

/** One file of an archive: its name, and its bytes or why they cannot be had. */
export interface Member {
  readonly name: string
  readonly bytes: Buffer | 'encrypted' | 'unknown' | 'too large'
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const MAX_MEMBERS = 4000

/** The members of a zip archive, by its directory and, for what the directory passes over, by their own headers. */
export function readZip(bytes: Buffer, limit: number): Member[] {
  const members: Member[] = []
  const seen = new Set<number>()
  let left = limit
  for (const header of headersOf(bytes)) {
    if (seen.has(header.data) || members.length >= MAX_MEMBERS) continue
    seen.add(header.data)
    const data = bytes.subarray(header.data, header.data + header.packed)
    const unpacked = header.encrypted ? 'encrypted' : inflate(data, header, left)
    if (typeof unpacked !== 'string') left -= unpacked.length
    members.push({ name: header.name, bytes: unpacked })
  }
  return members
}

interface Header {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly data: number
  readonly packed: number
  readonly size: number
}

function* headersOf(bytes: Buffer): Iterable<Header> {
  for (let at = bytes.indexOf('PK\x01\x02'); at !== -1; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) continue
    const local = localHeader(bytes, bytes.readUInt32LE(at + 42))
    if (local)
      yield {
        ...local,
        packed: bytes.readUInt32LE(at + 20),
        size: bytes.readUInt32LE(at + 24),
      }
  }
  for (let at = bytes.indexOf('PK\x03\x04'); at !== -1; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    const local = localHeader(bytes, at)
    if (local && local.packed > 0) yield local
    else if (local?.method === 8) yield { ...local, packed: bytes.length - local.data }
  }
}

function localHeader(bytes: Buffer, at: number): Header | undefined {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL) return undefined
  const nameEnd = at + 30 + bytes.readUInt16LE(at + 26)
  return {
    name: bytes.toString('utf8', at + 30, nameEnd),
    method: bytes.readUInt16LE(at + 8),
    encrypted: (bytes.readUInt16LE(at + 6) & 1) === 1,
    data: nameEnd + bytes.readUInt16LE(at + 28),
    packed: bytes.readUInt32LE(at + 18),
    size: bytes.readUInt32LE(at + 22),
  }
}

/** Methods of the specification (APPNOTE 6.3.10, 4.4.5) that can be undone. */
const METHODS: Readonly<Record<number, (data: Buffer, limit: number, size: number) => Buffer>> = {
  8: (data, limit) => inflateRawSync(data, { maxOutputLength: limit }),
  12: (data, limit) => bunzip(data, Math.min(limit, MAX_SLOW)),
  14: (data, limit, size) => unlzmaZip(data, Math.min(limit, MAX_SLOW), size),
  93: (data, limit) => zstdDecompressSync(data, { maxOutputLength: limit }),
  95: (data, limit) => unxz(data, Math.min(limit, MAX_SLOW)),
}
const MAX_SLOW = 32 * 2 ** 20

function inflate(data: Buffer, { method, size }: Header, limit: number): Member['bytes'] {
  if (method === 0) return data.length > limit ? 'too large' : data
  const open = METHODS[method]
  if (open === undefined) return 'unknown'
  if (limit <= 0) return 'too large'
  try {
    return open(data, limit, size)
  } catch (error) {
    return isTooLarge(error) ? 'too large' : 'unknown'
  }
}

export function isTooLarge(error: unknown): boolean {
  if (error instanceof TooMuch) return true
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}
