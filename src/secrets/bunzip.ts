/** What the caller is willing to take is less than what there is. */
export class TooMuch extends Error {}

/** Bits of a stream, the highest of a byte first. */
class Bits {
  private readonly bytes: Uint8Array
  private at: number
  private held = 0
  private count = 0

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  bit(): number {
    if (this.count === 0) {
      if (this.at >= this.bytes.length) throw new RangeError('the stream ends early')
      this.held = this.bytes[this.at++] ?? 0
      this.count = 8
    }
    this.count--
    return (this.held >> this.count) & 1
  }

  /** At most 24 of them. */
  take(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) value = (value << 1) | this.bit()
    return value
  }

  /** Drops what is left of a byte: where the next stream begins. */
  align(): number {
    this.count = 0
    return this.at
  }
}

const BLOCK = 0x314159
const END = 0x177245
const GROUP = 50

/** Reads a file of bzip2: one stream behind the other. */
export function bunzip(bytes: Uint8Array, limit: number): Buffer {
  const parts: Buffer[] = []
  let left = limit
  for (let at = 0; bytes[at] === 0x42 && bytes[at + 1] === 0x5a && bytes[at + 2] === 0x68;) {
    const size = ((bytes[at + 3] ?? 0) - 0x30) * 100_000
    if (size < 100_000 || size > 900_000) throw new RangeError('no size of a block')
    const bits = new Bits(bytes, at + 4)
    for (let mark = bits.take(24); mark !== END; mark = bits.take(24)) {
      if (mark !== BLOCK || bits.take(24) !== 0x265359) throw new RangeError('no block')
      const block = readBlock(bits, size, left)
      left -= block.length
      parts.push(block)
    }
    bits.take(24)
    bits.take(24)
    bits.take(8)
    at = bits.align()
  }
  return Buffer.concat(parts)
}

function readBlock(bits: Bits, size: number, left: number): Buffer {
  bits.take(24)
  bits.take(8)
  if (bits.bit() === 1) throw new RangeError('a block in random order')
  const origin = bits.take(24)
  const symbols = readSymbols(bits)
  const tables = bits.take(3)
  const count = bits.take(15)
  if (tables < 2 || tables > 6 || count < 1) throw new RangeError('no tables')
  const order = Array.from({ length: tables }, (_, i) => i)
  const selectors = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    let step = 0
    while (bits.bit() === 1) if (++step >= tables) throw new RangeError('no table')
    const [table = 0] = order.splice(step, 1)
    order.unshift(table)
    selectors[i] = table
  }
  const codes = order.map(() => readCode(bits, symbols.length + 2))
  const { column, length } = readColumn(bits, symbols, selectors, codes, size)
  if (origin >= length) throw new RangeError('no origin')
  return expandRuns(restore(column, length, origin), left)
}

function readSymbols(bits: Bits): number[] {
  const used = bits.take(16)
  const symbols: number[] = []
  for (let i = 0; i < 16; i++) {
    if (((used >> (15 - i)) & 1) === 0) continue
    const row = bits.take(16)
    for (let j = 0; j < 16; j++) if (((row >> (15 - j)) & 1) === 1) symbols.push(i * 16 + j)
  }
  if (symbols.length === 0) throw new RangeError('no symbols')
  return symbols
}

/** A Huffman code: for each length the first code, and where its symbols begin. */
interface Code {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

function readCode(bits: Bits, size: number): Code {
  const lengths = new Uint8Array(size)
  const counts = new Uint16Array(22)
  let length = bits.take(5)
  for (let i = 0; i < size; i++) {
    while (bits.bit() === 1) {
      length += bits.bit() === 1 ? -1 : 1
      if (length < 1 || length > 20) throw new RangeError('no length of a code')
    }
    if (length < 1 || length > 20) throw new RangeError('no length of a code')
    lengths[i] = length
    counts[length] = (counts[length] ?? 0) + 1
  }
  const symbols = new Uint16Array(size)
  let at = 0
  for (let one = 1; one <= 20; one++)
    for (let i = 0; i < size; i++) if (lengths[i] === one) symbols[at++] = i
  return { counts, symbols }
}

function readSymbol(bits: Bits, { counts, symbols }: Code): number {
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length <= 20; length++) {
    code |= bits.bit()
    const count = counts[length] ?? 0
    if (code - first < count) return symbols[index + code - first] ?? 0
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new RangeError('no code')
}

/** The last column of the sorted rotations, out of moves to the front and runs of zeros. */
function readColumn(
  bits: Bits,
  symbols: readonly number[],
  selectors: Uint8Array,
  codes: readonly Code[],
  size: number,
): { column: Uint8Array; length: number } {
  const column = new Uint8Array(size)
  const front = [...symbols]
  const last = symbols.length + 1
  let length = 0
  let run = 0
  let weight = 1
  for (let read = 0; ; read++) {
    const code = codes[selectors[Math.floor(read / GROUP)] ?? 9]
    if (code === undefined) throw new RangeError('no table')
    const symbol = readSymbol(bits, code)
    if (symbol <= 1) {
      run += weight << symbol
      weight <<= 1
      if (run > size) throw new RangeError('a run that is too long')
      continue
    }
    if (run > 0) {
      if (length + run > size) throw new RangeError('a block that is too long')
      column.fill(front[0] ?? 0, length, length + run)
      length += run
      run = 0
      weight = 1
    }
    if (symbol === last) return { column, length }
    const [byte = 0] = front.splice(symbol - 1, 1)
    front.unshift(byte)
    if (length >= size) throw new RangeError('a block that is too long')
    column[length++] = byte
  }
}

/** Undoes Burrows and Wheeler's transform. */
function restore(column: Uint8Array, length: number, origin: number): Uint8Array {
  const starts = new Uint32Array(257)
  for (let i = 0; i < length; i++) {
    const next = (column[i] ?? 0) + 1
    starts[next] = (starts[next] ?? 0) + 1
  }
  for (let i = 1; i < 257; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  const links = new Uint32Array(length)
  for (let i = 0; i < length; i++) {
    const byte = column[i] ?? 0
    const at = starts[byte] ?? 0
    links[at] = i
    starts[byte] = at + 1
  }
  const out = new Uint8Array(length)
  let at = links[origin] ?? 0
  for (let i = 0; i < length; i++) {
    out[i] = column[at] ?? 0
    at = links[at] ?? 0
  }
  return out
}

/** Four equal bytes are followed by how often the byte comes again. */
function expandRuns(bytes: Uint8Array, left: number): Buffer {
  const out = Buffer.allocUnsafe(Math.min(left, sizeOf(bytes)))
  if (sizeOf(bytes) > left) throw new TooMuch()
  let to = 0
  let same = 0
  let before = -1
  for (const byte of bytes) {
    if (same === 4) {
      out.fill(before, to, to + byte)
      to += byte
      same = 0
      before = -1
      continue
    }
    same = byte === before ? same + 1 : 1
    before = byte
    out[to++] = byte
  }
  return out
}

function sizeOf(bytes: Uint8Array): number {
  let size = 0
  let same = 0
  let before = -1
  for (const byte of bytes) {
    if (same === 4) {
      size += byte
      same = 0
      before = -1
      continue
    }
    same = byte === before ? same + 1 : 1
    before = byte
    size++
  }
  return size
}
