import { find, findAll, matches } from '../pattern.ts'
import type { Library } from './library.ts'
import { type Space, spaceType } from './library.ts'

/** A parsed URL; Go keeps what was written where JavaScript tidies. */
export class Url {
  readonly url: URL
  readonly text: string
  constructor(text: string) {
    if (!isUrl(text)) throw new Error('not a URL')
    this.text = text
    this.url = new URL(text, 'relative://host')
  }
  get host(): string {
    return this.url.protocol === 'relative:' ? '' : this.url.host
  }
}

function isUrl(text: string): boolean {
  return (URL.canParse(text) || text.startsWith('/')) && !/\s/.test(text)
}

/** `%s %d %f %e %x %X %o %b` of the strings extension. */
function format(template: string, values: readonly unknown[]): string {
  let next = 0
  return template.replace(/%%|%(?:\.(\d+))?([a-zA-Z])/g, (whole, digits: string, verb: string) => {
    if (whole === '%%') return '%'
    return formatOne(verb, digits === undefined ? 6 : Number(digits), values[next++])
  })
}

function formatOne(verb: string, digits: number, value: unknown): string {
  const bases: Readonly<Record<string, number>> = { x: 16, X: 16, o: 8, b: 2 }
  if (verb === 'f') return Number(value).toFixed(Math.min(digits, 100))
  if (verb === 'e') return Number(value).toExponential(Math.min(digits, 100))
  if (verb in bases && typeof value === 'bigint') {
    const text = value.toString(bases[verb])
    return verb === 'X' ? text.toUpperCase() : text
  }
  return textOf(value)
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`
  if (typeof value === 'string') return value
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}

function replace(text: string, from: string, to: string, count?: bigint): string {
  const parts = text.split(from)
  const most = count === undefined || count < 0n ? parts.length - 1 : Number(count)
  const cut = Math.min(most, parts.length - 1)
  return (
    parts.slice(0, cut + 1).join(to) +
    parts
      .slice(cut + 1)
      .map(part => from + part)
      .join('')
  )
}

const U = 'kubernetes.URL'

/** The strings extension, regex and URL libraries (cel-go ext/strings.go, apiserver pkg/cel/library). */
export const textLibrary: Library = {
  types: { [U]: Url },
  spaces: ['strings'],
  functions: [
    ['string.matchesRE2(string): bool', (text: string, pattern: string) => matches(pattern, text)],
    ['string.find(string): string', (text: string, pattern: string) => find(pattern, text)],
    [
      'string.findAll(string): list',
      (text: string, pattern: string) => findAll(pattern, text, -1n),
    ],
    [
      'string.findAll(string, int): list',
      (text: string, pattern: string, most: bigint) => findAll(pattern, text, most),
    ],
    ['string.replace(string, string): string', replace],
    ['string.replace(string, string, int): string', replace],
    ['string.reverse(): string', (text: string) => Array.from(text).reverse().join('')],
    [
      'string.charAt(int): string',
      (text: string, at: bigint) => Array.from(text)[Number(at)] ?? '',
    ],
    ['string.format(list): string', format],
    [
      `${spaceType('strings')}.quote(string): string`,
      (_: Space, text: string) => JSON.stringify(text),
    ],
    [`url(string): ${U}`, (text: string) => new Url(text)],
    ['isURL(string): bool', isUrl],
    [`${U}.getScheme(): string`, (one: Url) => one.url.protocol.replace(/^relative:|:$/g, '')],
    [`${U}.getHost(): string`, (one: Url) => one.host],
    [
      `${U}.getHostname(): string`,
      (one: Url) => (one.host === '' ? '' : one.url.hostname.replace(/^\[|\]$/g, '')),
    ],
    [
      `${U}.getPort(): string`,
      (one: Url) => /:(\d+)(?:[/?#]|$)/.exec(one.text.replace(/^[a-z]+:\/\//i, ''))?.[1] ?? '',
    ],
    [`${U}.getEscapedPath(): string`, (one: Url) => one.url.pathname],
    [`${U}.getQuery(): map`, (one: Url) => queryOf(one.url)],
  ],
}

function queryOf(url: URL): Map<string, string[]> {
  const query = new Map<string, string[]>()
  for (const [key, value] of url.searchParams) query.set(key, [...(query.get(key) ?? []), value])
  return query
}
