import type { Member } from './zip.ts'

const BLOCK = 512

/** Whether bytes begin with the header of a tar archive whose checksum holds. */
export function isTar(bytes: Buffer): boolean {
  return bytes.length >= BLOCK && checksum(bytes) === octal(bytes, 148, 8)
}

/** The members of a tar archive; names, link targets and extended headers count as members of their own. */
export function* readTar(bytes: Buffer): Iterable<Member> {
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK)
    if (header[0] === 0 || checksum(header) !== octal(header, 148, 8)) {
      at += BLOCK
      continue
    }
    const size = octal(header, 124, 12)
    const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '')
    yield { name, bytes: header }
    yield { name, bytes: bytes.subarray(at + BLOCK, at + BLOCK + size) }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
}

function octal(bytes: Buffer, from: number, length: number): number {
  const value = Number.parseInt(bytes.toString('latin1', from, from + length).trim(), 8)
  return Number.isFinite(value) && value >= 0 ? value : 0
}

function checksum(header: Buffer): number {
  let sum = 8 * 0x20
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += header[i] ?? 0
  return sum
}
