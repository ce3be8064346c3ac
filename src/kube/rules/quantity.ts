/** An amount: billionths of one, exact, and the notation it was written in. */
export interface Quantity {
  readonly nano: bigint
  readonly form: 'binary' | 'decimal' | 'exponent'
}

const NANO = 1_000_000_000n
const decimalPowers: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}
const binaryPowers: Readonly<Record<string, bigint>> = {
  Ki: 10n,
  Mi: 20n,
  Gi: 30n,
  Ti: 40n,
  Pi: 50n,
  Ei: 60n,
}
/** Of binary amounts only; decimal ones may be larger, and overflow where Go counts them. */
const MOST = ((1n << 63n) - 1n) * NANO

/**
 * Reads a quantity, or undefined where the server would not (kube-apiserver 1.36 apimachinery
 * pkg/api/resource ParseQuantity): rounded up to billionths.
 */
export function parseQuantity(text: string): Quantity | undefined {
  const parts = /^([+-]?)(\d*\.?\d*)((?:[KMGTPE]i)|[numkMGTPE]?|[eE][+-]?\d+)$/.exec(text)
  if (parts === null || text === '') return undefined
  const [, sign = '', digits = '', suffix = ''] = parts
  const dot = digits.indexOf('.')
  const whole = BigInt(digits.replace('.', ''))
  const places = dot === -1 ? 0 : digits.length - dot - 1
  const bits = binaryPowers[suffix]
  const power = powerOf(suffix)
  if (power === undefined || Math.abs(power) > 400) return undefined
  const value = scale(whole * (bits === undefined ? 1n : 1n << bits), 9 + power - places)
  const nano = bits !== undefined && value > MOST ? MOST : value
  const exponent = /^[eE][+-]?\d/.test(suffix)
  return {
    nano: sign === '-' ? -nano : nano,
    form: exponent ? 'exponent' : bits === undefined ? 'decimal' : 'binary',
  }
}

function powerOf(suffix: string): number | undefined {
  if (suffix in binaryPowers) return 0
  if (/^[eE][+-]?\d/.test(suffix)) return Number(suffix.slice(1))
  return decimalPowers[suffix]
}

/** Times ten to a power, rounded up. */
function scale(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power)
  const by = 10n ** BigInt(-power)
  return ceil(value, by)
}

function ceil(value: bigint, by: bigint): bigint {
  const down = value / by
  return value % by > 0n ? down + 1n : down
}

/** The whole number at or above (Quantity.Value), in 64 bits. */
export function wholeOf(quantity: Quantity): bigint {
  return BigInt.asIntN(64, ceil(quantity.nano, NANO))
}

/** Thousandths, rounded up (Quantity.MilliValue), in 64 bits. */
export function milliOf(quantity: Quantity): bigint {
  return BigInt.asIntN(64, ceil(quantity.nano, 1_000_000n))
}

export function isWhole(quantity: Quantity): boolean {
  return milliOf(quantity) % 1000n === 0n
}

const SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']

/** The canonical text: the largest suffix that leaves no fraction; beyond `E` Go has none. */
export function formatQuantity(quantity: Quantity): string {
  const { nano, form } = quantity
  if (nano === 0n) return '0'
  if (form === 'binary' && nano % NANO === 0n && abs(nano) >= 1024n * NANO)
    return formatBinary(nano / NANO)
  let value = nano
  let at = 0
  while (value % 1000n === 0n) {
    value /= 1000n
    at++
  }
  const power = (at - 3) * 3
  if (form === 'exponent') return power === 0 ? `${value}` : `${value}e${power}`
  return `${value}${SUFFIXES[at] ?? ''}`
}

/**
 * The text that Go remembers of a quantity as it was written: short forms are kept, others are
 * made canonical.
 */
export function spellingOf(text: string): string | undefined {
  const quantity = parseQuantity(text)
  if (quantity === undefined) return undefined
  const [, , whole = '', fraction = '', suffix = ''] =
    /^([+-]?)0*(\d*)\.?(\d*)(.*)$/.exec(text) ?? []
  const digits = (whole === '' ? '0' : whole) + fraction
  if (digits.length > 15 || text === '0') return formatQuantity(quantity)
  const power = powerOf(suffix) ?? 0
  const kept =
    quantity.form === 'binary'
      ? fraction === '' && (BigInt(digits) & 7n) !== 0n
      : (power - fraction.length) % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0')
  return kept ? text : formatQuantity(quantity)
}

function formatBinary(whole: bigint): string {
  const suffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
  let value = whole
  let at = 0
  while (value % 1024n === 0n && at < suffixes.length - 1) {
    value /= 1024n
    at++
  }
  return `${value}${suffixes[at]}`
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}
