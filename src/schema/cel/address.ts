import { isCIDR, isIP, isIPv4 } from '../formats.ts'
import { type Library, type Space, spaceType } from './library.ts'

/** An IP address as a number of 32 or 128 bits. */
export class Address {
  readonly value: bigint
  readonly bits: 32 | 128
  constructor(value: bigint, bits: 32 | 128) {
    this.value = value
    this.bits = bits
  }
}

/** A network: an address and how many of its bits count. */
export class Network {
  readonly address: Address
  readonly length: number
  constructor(address: Address, length: number) {
    this.address = address
    this.length = length
  }
}

function parseAddress(text: string): Address {
  if (!isIP(text)) throw new Error('not an IP address')
  if (isIPv4(text)) return new Address(v4(text), 32)
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const [head = '', end] = (
    isIPv4(tail) ? text.slice(0, -tail.length) + words(v4(tail)) : text
  ).split('::')
  const before = head.split(':').filter(part => part !== '')
  const after = (end ?? '').split(':').filter(part => part !== '')
  const zeros = end === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0')
  const value = [...before, ...zeros, ...after].reduce(
    (sum, part) => (sum << 16n) | BigInt(`0x${part}`),
    0n,
  )
  return new Address(value, 128)
}

function v4(text: string): bigint {
  return text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)
}

function words(value: bigint): string {
  return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`
}

function parseNetwork(text: string): Network {
  if (!isCIDR(text)) throw new Error('not a CIDR')
  const [address = '', length = ''] = text.split('/')
  return new Network(parseAddress(address), Number(length))
}

/** RFC 5952: lower case, no leading zeros, the longest run of zeros short. */
function textOf({ value, bits }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map(by => (value >> by) & 255n).join('.')
  const parts = Array.from({ length: 8 }, (_, i) => (value >> BigInt(112 - 16 * i)) & 0xffffn)
  const text = parts.map(part => part.toString(16)).join(':')
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)]
  const longest = runs.reduce((best, [run]) => (run.length > best.length ? run : best), '')
  return longest === '' ? text : text.replace(longest, '::').replace(/:{3,}/, '::')
}

function contains(network: Network, address: Address, length: number = address.bits): boolean {
  if (network.address.bits !== address.bits || network.length > length) return false
  const shift = BigInt(address.bits - network.length)
  return network.address.value >> shift === address.value >> shift
}

function masked({ address, length }: Network): Network {
  const shift = BigInt(address.bits - length)
  return new Network(new Address((address.value >> shift) << shift, address.bits), length)
}

const isWithin = (one: Address, ...networks: readonly string[]): boolean =>
  networks.some(network => contains(parseNetwork(network), one))

const IP = 'kubernetes.IP'
const CIDR = 'kubernetes.CIDR'

/** Kubernetes CEL libraries `ip` and `cidr` (apiserver pkg/cel/library/ip.go, cidr.go). */
export const addressLibrary: Library = {
  types: { [IP]: Address, [CIDR]: Network },
  spaces: ['ip'],
  functions: [
    [`ip(string): ${IP}`, parseAddress],
    ['isIP(string): bool', isIP],
    [
      `${spaceType('ip')}.isCanonical(string): bool`,
      (_: Space, text: string) => textOf(parseAddress(text)) === text,
    ],
    [`${IP}.family(): int`, (one: Address) => (one.bits === 32 ? 4n : 6n)],
    [`${IP}.isUnspecified(): bool`, (one: Address) => one.value === 0n],
    [`${IP}.isLoopback(): bool`, (one: Address) => isWithin(one, '127.0.0.0/8', '::1/128')],
    [
      `${IP}.isLinkLocalMulticast(): bool`,
      (one: Address) => isWithin(one, '224.0.0.0/24', 'ff02::/16'),
    ],
    [
      `${IP}.isLinkLocalUnicast(): bool`,
      (one: Address) => isWithin(one, '169.254.0.0/16', 'fe80::/10'),
    ],
    [`${IP}.isGlobalUnicast(): bool`, isGlobal],
    [`string(${IP}): string`, textOf],
    [`cidr(string): ${CIDR}`, parseNetwork],
    ['isCIDR(string): bool', isCIDR],
    [`${CIDR}.containsIP(${IP}): bool`, (net: Network, one: Address) => contains(net, one)],
    [
      `${CIDR}.containsIP(string): bool`,
      (net: Network, one: string) => contains(net, parseAddress(one)),
    ],
    [
      `${CIDR}.containsCIDR(${CIDR}): bool`,
      (a: Network, b: Network) => contains(a, b.address, b.length),
    ],
    [`${CIDR}.containsCIDR(string): bool`, (a: Network, b: string) => holds(a, parseNetwork(b))],
    [`${CIDR}.ip(): ${IP}`, (net: Network) => net.address],
    [`${CIDR}.masked(): ${CIDR}`, masked],
    [`${CIDR}.prefixLength(): int`, (net: Network) => BigInt(net.length)],
    [`string(${CIDR}): string`, (net: Network) => `${textOf(net.address)}/${net.length}`],
  ],
}

function holds(a: Network, b: Network): boolean {
  return contains(a, b.address, b.length)
}

function isGlobal(one: Address): boolean {
  if (one.value === 0n || isWithin(one, '255.255.255.255/32', '127.0.0.0/8', '::1/128'))
    return false
  return !isWithin(one, '224.0.0.0/4', 'ff00::/8', '169.254.0.0/16', 'fe80::/10')
}
