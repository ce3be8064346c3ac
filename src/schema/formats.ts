import { isDay, isDuration, isTime } from './format.ts'

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

/** Formats that the server checks in custom resources (kube-openapi pkg/validation/strfmt). */
const tests: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': text => isTime(text.toUpperCase()),
  datetime: text => isTime(text.toUpperCase()),
  date: isDate,
  duration: isDuration,
  byte: text => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text),
  email: text => /^[^\s@<>]+@[^\s@<>]+$/.test(text),
  hostname: text =>
    text.length <= 255 && /^([a-zA-Z0-9_-]{1,63}\.)*[a-zA-Z0-9_-]{1,63}\.?$/.test(text),
  ipv4: isIPv4,
  ipv6: text => text.includes(':') && isIPv6(text),
  cidr: isCIDR,
  mac: text => /^(?:[0-9a-f]{2}([-:])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2})$/i.test(text),
  uri: text => /^[a-z][a-z0-9+.-]*:[^\s]*$/i.test(text) || text.startsWith('/'),
  uuid: text => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
  hexcolor: text => /^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(text),
  'k8s-short-name': text => text.length <= 63 && LABEL.test(text),
  'k8s-long-name': text => text.length <= 253 && text.split('.').every(part => LABEL.test(part)),
}

/** The format's name where the text does not keep it; formats nobody checks are kept by everything. */
export function formatProblem(format: string, text: string): string | undefined {
  const test = Object.hasOwn(tests, format) ? tests[format] : undefined
  return test === undefined || test(text) ? undefined : format
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]))
}

export function isIPv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text)
}

export function isIPv6(text: string): boolean {
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const plain = isIPv4(tail) ? `${text.slice(0, text.length - tail.length)}0:0` : text
  const halves = plain.split('::')
  if (halves.length > 2) return false
  const parts = halves.flatMap(half => (half === '' ? [] : half.split(':')))
  if (!parts.every(part => /^[0-9a-f]{1,4}$/i.test(part))) return false
  return halves.length === 2 ? parts.length < 8 : parts.length === 8
}

export function isIP(text: string): boolean {
  return isIPv4(text) || isIPv6(text)
}

/** An address and the length of its prefix (net.ParseCIDR). */
export function isCIDR(text: string): boolean {
  const slash = text.indexOf('/')
  const address = text.slice(0, Math.max(0, slash))
  const bits = text.slice(slash + 1)
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits)) return false
  return isIPv4(address) ? Number(bits) <= 32 : isIPv6(address) && Number(bits) <= 128
}
