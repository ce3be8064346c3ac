import { TooMuch } from './bunzip.ts'

/** A growing output: matches copy out of it. */
class Output {
  bytes: Buffer = Buffer.allocUnsafe(1 << 16)
  length = 0
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  push(byte: number): void {
    if (this.length === this.bytes.length) this.grow(this.length + 1)
    this.bytes[this.length++] = byte
  }

  grow(size: number): void {
    if (size > this.limit) throw new TooMuch()
    if (size <= this.bytes.length) return
    const bytes = Buffer.allocUnsafe(Math.min(this.limit, Math.max(size, this.bytes.length * 2)))
    this.bytes.copy(bytes, 0, 0, this.length)
    this.bytes = bytes
  }

  /** The byte so many before the end. */
  back(distance: number): number {
    return this.bytes[this.length - distance] ?? 0
  }
}

const HALF = 1024

/** Igor Pavlov's range decoder. */
class Range {
  private range = 0xffffffff
  private code = 0
  private readonly bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at + 1
    for (let i = 0; i < 4; i++) this.code = ((this.code << 8) | this.next()) >>> 0
  }

  private next(): number {
    if (this.at >= this.bytes.length) throw new RangeError('the stream ends early')
    return this.bytes[this.at++] ?? 0
  }

  private normalize(): void {
    if (this.range >= 0x1000000) return
    this.range = (this.range << 8) >>> 0
    this.code = ((this.code << 8) | this.next()) >>> 0
  }

  bit(probs: Uint16Array, at: number): number {
    const prob = probs[at] ?? HALF
    const bound = (this.range >>> 11) * prob
    if (this.code < bound) {
      this.range = bound
      probs[at] = prob + ((2048 - prob) >> 5)
      this.normalize()
      return 0
    }
    this.range -= bound
    this.code -= bound
    probs[at] = prob - (prob >> 5)
    this.normalize()
    return 1
  }

  direct(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) {
      this.range >>>= 1
      const one = this.code >= this.range ? 1 : 0
      if (one === 1) this.code -= this.range
      value = ((value << 1) | one) >>> 0
      this.normalize()
    }
    return value
  }

  tree(probs: Uint16Array, from: number, bits: number): number {
    let at = 1
    for (let i = 0; i < bits; i++) at = (at << 1) | this.bit(probs, from + at)
    return at - (1 << bits)
  }

  reverse(probs: Uint16Array, from: number, bits: number): number {
    let at = 1
    let value = 0
    for (let i = 0; i < bits; i++) {
      const one = this.bit(probs, from + at)
      at = (at << 1) | one
      value |= one << i
    }
    return value
  }
}

const probabilities = (count: number) => new Uint16Array(count).fill(HALF)

/** Lengths of matches: two choices, then trees by position. */
class Lengths {
  private readonly choice = probabilities(2)
  private readonly low = probabilities(16 << 3)
  private readonly middle = probabilities(16 << 3)
  private readonly high = probabilities(256)

  read(range: Range, position: number): number {
    if (range.bit(this.choice, 0) === 0) return 2 + range.tree(this.low, position << 3, 3)
    if (range.bit(this.choice, 1) === 0) return 10 + range.tree(this.middle, position << 3, 3)
    return 18 + range.tree(this.high, 0, 8)
  }
}

/** The state of an LZMA stream (the format's specification by Igor Pavlov, 9.22). */
class Decoder {
  private readonly out: Output
  private readonly lc: number
  private readonly lp: number
  private readonly pb: number
  private readonly literals: Uint16Array
  private readonly isMatch = probabilities(12 << 4)
  private readonly isRep = probabilities(12)
  private readonly isRepFirst = probabilities(12)
  private readonly isRepSecond = probabilities(12)
  private readonly isRepThird = probabilities(12)
  private readonly isShort = probabilities(12 << 4)
  private readonly slots = probabilities(4 << 6)
  private readonly special = probabilities(128)
  private readonly align = probabilities(16)
  private readonly lengths = new Lengths()
  private readonly repeats = new Lengths()
  private reps = [0, 0, 0, 0]
  private state = 0

  constructor(out: Output, props: number) {
    if (props >= 225) throw new RangeError('no properties')
    this.out = out
    this.lc = props % 9
    this.lp = Math.floor(props / 9) % 5
    this.pb = Math.floor(props / 45)
    this.literals = probabilities(0x300 << (this.lc + this.lp))
  }

  /** Reads up to a length of the output; false at a mark of the end. `start`: of the dictionary. */
  run(range: Range, end: number, start: number): boolean {
    const { out } = this
    while (out.length < end) {
      const position = (out.length - start) & ((1 << this.pb) - 1)
      if (range.bit(this.isMatch, (this.state << 4) + position) === 0) {
        this.literal(range, start)
        continue
      }
      const length = this.match(range, position)
      if (length === -1) return false
      if (length === 0) continue
      const distance = (this.reps[0] ?? 0) + 1
      if (distance > out.length - start) throw new RangeError('a match before the start')
      out.grow(out.length + length)
      for (let i = 0; i < length; i++) out.push(out.back(distance))
    }
    return true
  }

  private literal(range: Range, start: number): void {
    const { out } = this
    const before = out.length > start ? out.back(1) : 0
    const high = ((out.length - start) & ((1 << this.lp) - 1)) << this.lc
    const from = 0x300 * (high + (before >> (8 - this.lc)))
    let symbol = 1
    if (this.state >= 7) {
      let matched = out.back((this.reps[0] ?? 0) + 1)
      do {
        const expected = (matched >> 7) & 1
        matched <<= 1
        const bit = range.bit(this.literals, from + ((1 + expected) << 8) + symbol)
        symbol = (symbol << 1) | bit
        if (bit !== expected) break
      } while (symbol < 0x100)
    }
    while (symbol < 0x100) symbol = (symbol << 1) | range.bit(this.literals, from + symbol)
    out.push(symbol & 0xff)
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6
  }

  /** The length of a match, whose distance is then the first of `reps`; 0: done; -1: the end. */
  private match(range: Range, position: number): number {
    const { state, reps } = this
    if (range.bit(this.isRep, state) === 0) {
      const length = this.lengths.read(range, position)
      const distance = this.distance(range, length)
      this.reps = [distance, reps[0] ?? 0, reps[1] ?? 0, reps[2] ?? 0]
      this.state = state < 7 ? 7 : 10
      return distance === 0xffffffff ? -1 : length
    }
    if (range.bit(this.isRepFirst, state) === 0) {
      if (range.bit(this.isShort, (state << 4) + position) === 0) {
        this.out.push(this.out.back((reps[0] ?? 0) + 1))
        this.state = state < 7 ? 9 : 11
        return 0
      }
    } else this.rotate(range)
    const length = this.repeats.read(range, position)
    this.state = state < 7 ? 8 : 11
    return length
  }

  private rotate(range: Range): void {
    const [a = 0, b = 0, c = 0, d = 0] = this.reps
    if (range.bit(this.isRepSecond, this.state) === 0) this.reps = [b, a, c, d]
    else if (range.bit(this.isRepThird, this.state) === 0) this.reps = [c, a, b, d]
    else this.reps = [d, a, b, c]
  }

  private distance(range: Range, length: number): number {
    const slot = range.tree(this.slots, Math.min(length - 2, 3) << 6, 6)
    if (slot < 4) return slot
    const bits = (slot >> 1) - 1
    const base = ((2 | (slot & 1)) << bits) >>> 0
    if (slot < 14) return base + range.reverse(this.special, base - slot, bits)
    return (base + range.direct(bits - 4) * 16 + range.reverse(this.align, 0, 4)) >>> 0
  }
}

/** Reads a file of LZMA alone: properties, size of the dictionary, length or none. */
export function unlzma(bytes: Buffer, limit: number): Buffer {
  const out = new Output(limit)
  const size = Number(bytes.readBigUInt64LE(5))
  const end = size > 2 ** 50 ? Infinity : size
  if (end !== Infinity && end > limit) throw new TooMuch()
  new Decoder(out, bytes[0] ?? 255).run(new Range(bytes, 13), end, 0)
  return out.bytes.subarray(0, out.length)
}

/** The stream of a zip: the properties stand behind four bytes, and the length is known. */
export function unlzmaZip(bytes: Buffer, limit: number, size: number): Buffer {
  const out = new Output(limit)
  if (size > limit) throw new TooMuch()
  new Decoder(out, bytes[4] ?? 255).run(new Range(bytes, 9), size, 0)
  return out.bytes.subarray(0, out.length)
}

/** Reads a file of XZ (tukaani.org/xz/xz-file-format.txt 1.2.1): the blocks of each stream, LZMA2 only. */
export function unxz(bytes: Buffer, limit: number): Buffer {
  const out = new Output(limit)
  for (let at = 12; at < bytes.length;) {
    const size = bytes[at] ?? 0
    if (size === 0) break
    const header = (size + 1) * 4
    const check =
      [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64][(bytes[7] ?? 0) & 15] ?? 0
    const flags = bytes[at + 1] ?? 0
    let field = at + 2
    for (let i = 0; i < ((flags >> 6) & 1) + ((flags >> 7) & 1); i++) {
      while (((bytes[field] ?? 0) & 0x80) !== 0) field++
      field++
    }
    if ((flags & 3) !== 0 || bytes[field] !== 0x21) throw new RangeError('an unknown filter')
    const end = unlzma2(bytes, at + header, out)
    at = end + ((4 - ((end - at) & 3)) & 3) + check
  }
  return out.bytes.subarray(0, out.length)
}

/** The chunks of a block, up to its end. */
function unlzma2(bytes: Buffer, from: number, out: Output): number {
  let decoder: Decoder | undefined
  let props = 0
  let start = out.length
  for (let at = from; at < bytes.length;) {
    const control = bytes[at] ?? 0
    if (control === 0) return at + 1
    if (control === 1 || control >= 0xe0) start = out.length
    if (control < 0x80) {
      if (control > 2) throw new RangeError('no chunk')
      const size = bytes.readUInt16BE(at + 1) + 1
      out.grow(out.length + size)
      for (let i = 0; i < size; i++) out.push(bytes[at + 3 + i] ?? 0)
      at += 3 + size
      continue
    }
    const size = ((control & 0x1f) << 16) + bytes.readUInt16BE(at + 1) + 1
    const packed = bytes.readUInt16BE(at + 3) + 1
    const data = at + (control >= 0xc0 ? 6 : 5)
    if (control >= 0xc0) props = bytes[at + 5] ?? 255
    if (control >= 0xa0 || decoder === undefined) decoder = new Decoder(out, props)
    decoder.run(new Range(bytes, data), out.length + size, start)
    at = data + packed
  }
  throw new RangeError('the stream ends early')
}
