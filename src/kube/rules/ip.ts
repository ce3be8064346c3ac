import type { Field } from './field.ts'

/** An address as Go's net/netip sees it; `value` holds 32 or 128 bits. */
export interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
  /** Written with leading zeros, which only the sloppy parser takes. */
  readonly zeros: boolean
  /** An IPv4 address written as `::ffff:a.b.c.d`. */
  readonly mapped: boolean
}

export interface Network {
  readonly address: Address
  readonly length: number
  readonly zeros: boolean
}

/** Kube-apiserver 1.36 k8s.io/utils/net ParseIPSloppy. */
export function parseIp(text: string): Address | undefined {
  return text.includes(':') ? parseIp6(text) : parseIp4(text)
}

function parseIp4(text: string): Address | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some(part => !/^\d{1,10}$/.test(part) || Number(part) > 255))
    return undefined
  const value = parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)
  return { bits: 32, value, zeros: parts.some(part => /^0\d/.test(part)), mapped: false }
}

function parseIp6(text: string): Address | undefined {
  const tail = /^(.*:)(\d+\.[\d.]+)$/.exec(text)
  const four = tail === null ? undefined : parseIp4(tail[2] ?? '')
  if (tail !== null && four === undefined) return undefined
  const low = four === undefined ? '' : hexPair(four.value)
  const groups = groupsOf(tail === null ? text : `${tail[1]}${low}`)
  if (groups === undefined) return undefined
  const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
  return {
    bits: 128,
    value,
    zeros: four?.zeros ?? false,
    mapped: value >> 32n === 0xffffn,
  }
}

function hexPair(value: bigint): string {
  return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`
}

/** The eight groups of an IPv6 address, `::` filled up. */
function groupsOf(text: string): readonly string[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = [], tail] = halves.map(half => (half === '' ? [] : half.split(':')))
  const given = [...head, ...(tail ?? [])]
  if (given.some(group => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  if (tail === undefined) return given.length === 8 ? given : undefined
  if (given.length > 7) return undefined
  return [...head, ...Array<string>(8 - given.length).fill('0'), ...tail]
}

/** Net.ParseCIDRSloppy. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/')
  const address = slash === -1 ? undefined : parseIp(text.slice(0, slash))
  const size = text.slice(slash + 1)
  if (address === undefined || !/^\d{1,5}$/.test(size) || Number(size) > address.bits)
    return undefined
  return { address, length: Number(size), zeros: address.zeros || /^0\d/.test(size) }
}

function maskOf(network: Network): bigint {
  const host = BigInt(network.address.bits - network.length)
  return ((1n << BigInt(network.address.bits)) - 1n) ^ ((1n << host) - 1n)
}

/** First address of a network. */
export function baseOf(network: Network): bigint {
  return network.address.value & maskOf(network)
}

export function contains(outer: Network, inner: Network): boolean {
  if (outer.address.bits !== inner.address.bits) return false
  return (baseOf(inner) & maskOf(outer)) === baseOf(outer)
}

/** The text as Go prints it: lower case, the longest run of zero groups as `::`. */
export function formatIp(address: Address): string {
  const { value } = address
  if (address.bits === 32 || address.mapped)
    return [24n, 16n, 8n, 0n].map(shift => Number((value >> shift) & 0xffn)).join('.')
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - i * 16)) & 0xffffn).toString(16),
  )
  const runs = groups.join(':').match(/\b0(:0)+\b/g) ?? []
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), '')
  if (longest === '') return groups.join(':')
  const joined = groups.join(':')
  const at = joined.search(new RegExp(`(^|:)${longest}($|:)`))
  const start = joined.startsWith(':', at) ? at + 1 : at
  const before = joined.slice(0, start).replace(/:$/, '')
  const after = joined.slice(start + longest.length).replace(/^:/, '')
  return `${before}::${after}`
}

/**
 * An IP of a field older than strict parsing (1.36 IsValidIPForLegacyField); strict since 1.36,
 * gate StrictIPCIDRValidation. Answers whether it is one.
 */
export function checkIp(field: Field, text: string = field.text): boolean {
  const address = parseIp(text)
  if (address === undefined) {
    field.invalid('must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)', text)
    return false
  }
  if (field.report.minor < 36) return true
  if (address.zeros) field.invalid('must not have leading 0s', text)
  if (address.mapped) field.invalid('must not be an IPv4-mapped IPv6 address', text)
  return !address.zeros && !address.mapped
}

/** Why a text is no canonical IP (1.36 IsValidIP); empty where it is one. */
export function strictIp(text: string): readonly string[] {
  const address = parseIp(text)
  if (address === undefined)
    return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']
  if (address.zeros) return ['must not have leading 0s']
  if (address.mapped) return ['must not be an IPv4-mapped IPv6 address']
  const canonical = formatIp(address)
  return canonical === text ? [] : [`must be in canonical form ("${canonical}")`]
}

/** A CIDR (1.36 IsValidCIDRForLegacyField). */
export function checkNetwork(field: Field, text: string = field.text): void {
  for (const complaint of looseNetwork(text, field.report.minor >= 36))
    field.invalid(complaint, text)
}

function looseNetwork(text: string, strict: boolean): readonly string[] {
  const network = parseNetwork(text)
  if (network === undefined)
    return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)']
  if (!strict) return []
  if (network.zeros) return ['must not have leading 0s in IP or prefix length']
  if (network.address.mapped) return ['must not have an IPv4-mapped IPv6 address']
  if (baseOf(network) === network.address.value) return []
  return ['must not have bits set beyond the prefix length']
}

/** Why a text is no canonical CIDR (1.36 IsValidCIDR). */
export function strictNetwork(text: string): readonly string[] {
  const complaints = looseNetwork(text, true)
  const network = parseNetwork(text)
  if (complaints.length > 0 || network === undefined) return complaints
  const canonical = `${formatIp(network.address)}/${network.length}`
  return canonical === text ? [] : [`must be in canonical form ("${canonical}")`]
}

/** An address that traffic can be sent to (1.36 ValidateEndpointIP). */
export function checkEndpointIp(field: Field): void {
  const address = parseIp(field.text)
  if (address === undefined) return field.invalid('must be a valid IP address')
  const four = address.bits === 32 || address.mapped
  const low = address.value & 0xffffffffn
  if (four ? low === 0n : address.value === 0n)
    field.invalid(`may not be unspecified (${field.text})`)
  if (four ? low >> 24n === 127n : address.value === 1n)
    field.invalid('may not be in the loopback range (127.0.0.0/8, ::1/128)')
  if (four ? low >> 16n === 0xa9fen : address.value >> 118n === 0x3fan)
    field.invalid('may not be in the link-local range (169.254.0.0/16, fe80::/10)')
  if (four ? low >> 8n === 0xe00000n : address.value >> 112n === 0xff02n)
    field.invalid('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')
}

/** Whether exactly two addresses or networks are of two families. */
export function isDualStack(texts: readonly string[]): boolean {
  const families = texts.map(text => (parseNetwork(text)?.address ?? parseIp(text))?.bits)
  return families.includes(32) && families.includes(128)
}
