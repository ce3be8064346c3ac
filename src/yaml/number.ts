const minInt = -(2n ** 63n)
const maxInt = 2n ** 63n - 1n
const maxUint = 2n ** 64n - 1n

const integer = /^([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|(0[0-7]*|[1-9][0-9]*))$/
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const signedBinary = /^0b[+-][01]+$/
const signedOctal = /^0o[+-][0-7]+$/

/** An integer as Go's `strconv.ParseInt(text, 0, 64)` or `ParseUint` reads it. */
function parseInteger(text: string): number | bigint | undefined {
  const match = integer.exec(text)
  if (match === null) return undefined
  const [, sign = '', hex, binary, octal, decimal = ''] = match
  let value: bigint
  if (hex !== undefined) value = BigInt(`0x${hex}`)
  else if (binary !== undefined) value = BigInt(`0b${binary}`)
  else if (octal !== undefined) value = BigInt(`0o${octal}`)
  else if (decimal.length > 1 && decimal.startsWith('0')) value = BigInt(`0o${decimal.slice(1)}`)
  else if (decimal.length < 16) return Number(sign + decimal) + 0
  else value = BigInt(decimal)
  return bounded(sign === '-' ? -value : value, sign === '' ? maxUint : maxInt)
}

function bounded(value: bigint, max: bigint): number | bigint | undefined {
  if (value < minInt || value > max) return undefined
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : value
}

/** A float as Go's `strconv.ParseFloat` reads it; undefined where it overflows. */
export function parseFloat64(text: string): number | undefined {
  if (!float.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

export interface ParsedNumber {
  readonly type: 'int' | 'float'
  readonly value: number | bigint
}

/**
 * A plain scalar that begins with a digit or a sign, as go-yaml reads numbers: `_` anywhere,
 * hexadecimal, binary, both ways of octal, and the odd `0b-11` (`0o-7` in v3 only).
 */
export function parseNumber(text: string, reader: 'v2' | 'v3'): ParsedNumber | undefined {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  const int = parseInteger(plain)
  if (int !== undefined) return { type: 'int', value: int }
  const real = parseFloat64(plain)
  if (real !== undefined) return { type: 'float', value: real }
  if (signedBinary.test(plain) || (reader === 'v3' && signedOctal.test(plain))) {
    const digits = BigInt(`0${plain.charAt(1)}${plain.slice(3)}`)
    const odd = bounded(plain.charAt(2) === '-' ? -digits : digits, maxInt)
    return odd === undefined ? undefined : { type: 'int', value: odd }
  }
  return undefined
}

/** Whether an integer fits what go-yaml keeps exact: int64 or uint64. */
export function fitsInteger(value: bigint): boolean {
  return value >= minInt && value <= maxUint
}
