import { gunzipSync } from 'node:zlib'

/** Charts are at most 10 MiB packed; what unpacks to more than this is not read. */
const MAX_BYTES = 64 << 20
const BLOCK = 512

/** The files of a packed chart by path below its own folder; undefined where it cannot be read. */
export function unpackChart(bytes: Uint8Array): Map<string, Uint8Array> | undefined {
  let data: Uint8Array
  try {
    data = gunzipSync(bytes, { maxOutputLength: MAX_BYTES })
  } catch {
    return undefined
  }
  const files = new Map<string, Uint8Array>()
  for (let at = 0; at + BLOCK <= data.length;) {
    const header = data.subarray(at, at + BLOCK)
    const name = text(header, 0, 100)
    if (name === '') break
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8)
    if (!Number.isSafeInteger(size) || size < 0 || at + BLOCK + size > data.length) return undefined
    const prefix = text(header, 345, 155)
    const type = text(header, 156, 1)
    const path = (prefix === '' ? name : `${prefix}/${name}`).replace(/^(\.\/)?[^/]*\//, '')
    if (type === '' || type === '0') files.set(path, data.subarray(at + BLOCK, at + BLOCK + size))
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return files
}

function text(header: Uint8Array, start: number, length: number): string {
  const bytes = header.subarray(start, start + length)
  const end = bytes.indexOf(0)
  return new TextDecoder('latin1').decode(end === -1 ? bytes : bytes.subarray(0, end))
}
