const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const

const values = new Map(ALPHABET.split('').map((char, i) => [char, i]))

/** One step of the Bech32 checksum (BIP 173); 1 at the end means that it holds. */
function step(sum: number, value: number): number {
  const top = sum >>> 25
  let next = ((sum & 0x1ffffff) << 5) ^ value
  for (let i = 0; i < 5; i++) if ((top >> i) & 1) next ^= GENERATOR[i] ?? 0
  return next
}

function startOf(prefix: string): number {
  let sum = 1
  for (const char of prefix) sum = step(sum, char.charCodeAt(0) >> 5)
  sum = step(sum, 0)
  for (const char of prefix) sum = step(sum, char.charCodeAt(0) & 31)
  return sum
}

/** Five-bit values of a lower-case text, undefined where a character is not of the alphabet. */
function digitsOf(text: string): number[] | undefined {
  const digits: number[] = []
  for (const char of text) {
    const value = values.get(char)
    if (value === undefined) return undefined
    digits.push(value)
  }
  return digits
}

/** Whether `data` (lower case, checksum included) belongs to the human-readable `prefix`. */
export function hasChecksum(prefix: string, data: string): boolean {
  return validLength(prefix, data, data.length) === data.length
}

/** Length of the shortest start of `data`, at least `min` characters, that ends in its checksum; 0 = none. */
export function validLength(prefix: string, data: string, min = 7): number {
  let sum = startOf(prefix)
  for (let i = 0; i < data.length; i++) {
    const value = values.get(data[i] ?? '')
    if (value === undefined) return 0
    sum = step(sum, value)
    if (sum === 1 && i + 1 >= min) return i + 1
  }
  return 0
}

/** Whether changing one character of `data` makes its checksum hold: a key with a typing error. */
export function isOneEditAway(prefix: string, data: string): boolean {
  const digits = digitsOf(data)
  if (digits === undefined) return false
  const start = startOf(prefix)
  const whole = digits.reduce(step, start)
  // The checksum is linear over GF(2): a change at one place alters it by a value that depends on
  // the place and the difference only.
  for (let at = 0; at < digits.length; at++)
    for (let change = 1; change < 32; change++) {
      let effect = change
      for (let i = at + 1; i < digits.length; i++) effect = step(effect, 0)
      if ((whole ^ effect) === 1) return true
    }
  return false
}

/** The bytes that `data` (checksum included) carries; undefined where padding or an alphabet is wrong. */
export function payloadOf(data: string): Uint8Array | undefined {
  const digits = digitsOf(data.slice(0, -6))
  if (digits === undefined) return undefined
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const digit of digits) {
    held = ((held << 5) | digit) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return bits >= 5 || (held & ((1 << bits) - 1)) !== 0 ? undefined : Uint8Array.from(bytes)
}

/** A Bech32 string of `prefix` and bytes, lower case. */
export function encode(prefix: string, bytes: Uint8Array): string {
  const digits: number[] = []
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff
    bits += 8
    for (; bits >= 5; bits -= 5) digits.push((held >> (bits - 5)) & 31)
  }
  if (bits > 0) digits.push((held << (5 - bits)) & 31)
  let sum = startOf(prefix)
  for (const digit of [...digits, 0, 0, 0, 0, 0, 0]) sum = step(sum, digit)
  sum ^= 1
  for (let i = 5; i >= 0; i--) digits.push((sum >>> (5 * i)) & 31)
  return `${prefix}1${digits.map(digit => ALPHABET[digit]).join('')}`
}

/** The parts of a lower- or upper-case Bech32 string whose checksum holds. */
export function parse(text: string): { prefix: string; data: string } | undefined {
  const lower = text.toLowerCase()
  if (text !== lower && text !== text.toUpperCase()) return undefined
  const at = lower.lastIndexOf('1')
  const [prefix, data] = [lower.slice(0, at), lower.slice(at + 1)]
  return at > 0 && data.length >= 6 && hasChecksum(prefix, data) ? { prefix, data } : undefined
}
