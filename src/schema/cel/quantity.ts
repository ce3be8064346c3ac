import { quantityProblem } from '../quantity.ts'
import type { Library } from './library.ts'

const BILLION = 1_000_000_000n
const decimals = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const binaries = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** An amount in billionths, rounded up. */
export class Quantity {
  readonly nano: bigint
  constructor(nano: bigint) {
    this.nano = nano
  }
}

export function parseQuantity(text: string): Quantity {
  const nano = quantityProblem(text) === undefined ? toNano(text) : undefined
  if (nano === undefined) throw new Error(`not a quantity: ${text}`)
  return new Quantity(nano)
}

/** Exponents beyond this are no amounts of anything. */
const LARGEST_EXPONENT = 100

function toNano(text: string): bigint | undefined {
  const match = /^([+-]?)(\d*)\.?(\d*)(.*)$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match
  const digits = BigInt(`${whole}${fraction}` || '0')
  const binary = binaries.indexOf(suffix)
  const power = /^[eE][-+]?\d/.test(suffix)
    ? Number(suffix.slice(1))
    : Math.max(-9, decimals.indexOf(suffix) * 3 - 9)
  if (Math.abs(power) > LARGEST_EXPONENT || fraction.length > 1000) return undefined
  const scaled = binary > 0 ? digits * 1024n ** BigInt(binary) : digits
  const exponent = 9 - fraction.length + (binary > 0 ? 0 : power)
  const nano =
    exponent >= 0 ? scaled * 10n ** BigInt(exponent) : up(scaled, 10n ** BigInt(-exponent))
  return sign === '-' ? -nano : nano
}

function up(value: bigint, by: bigint): bigint {
  return value / by + (value % by > 0n ? 1n : 0n)
}

function compare(a: Quantity, b: Quantity): bigint {
  return a.nano < b.nano ? -1n : a.nano > b.nano ? 1n : 0n
}

function toInteger(one: Quantity): bigint {
  if (one.nano % BILLION !== 0n) throw new Error('cannot convert value to integer')
  return one.nano / BILLION
}

const Q = 'kubernetes.Quantity'

/** Kubernetes CEL library `quantity` (apiserver pkg/cel/library/quantity.go). */
export const quantityLibrary: Library = {
  types: { [Q]: Quantity },
  functions: [
    [`quantity(string): ${Q}`, (text: string) => parseQuantity(text)],
    ['isQuantity(string): bool', (text: string) => quantityProblem(text) === undefined],
    [`${Q}.sign(): int`, (one: Quantity) => compare(one, new Quantity(0n))],
    [`${Q}.isInteger(): bool`, (one: Quantity) => one.nano % BILLION === 0n],
    [`${Q}.asInteger(): int`, toInteger],
    [`${Q}.asApproximateFloat(): double`, (one: Quantity) => Number(one.nano) / 1e9],
    [`${Q}.isGreaterThan(${Q}): bool`, (a: Quantity, b: Quantity) => a.nano > b.nano],
    [`${Q}.isLessThan(${Q}): bool`, (a: Quantity, b: Quantity) => a.nano < b.nano],
    [`${Q}.compareTo(${Q}): int`, compare],
    [`${Q}.add(${Q}): ${Q}`, (a: Quantity, b: Quantity) => new Quantity(a.nano + b.nano)],
    [`${Q}.sub(${Q}): ${Q}`, (a: Quantity, b: Quantity) => new Quantity(a.nano - b.nano)],
    [`${Q}.add(int): ${Q}`, (a: Quantity, b: bigint) => new Quantity(a.nano + b * BILLION)],
    [`${Q}.sub(int): ${Q}`, (a: Quantity, b: bigint) => new Quantity(a.nano - b * BILLION)],
  ],
}
