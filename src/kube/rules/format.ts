import { atMost, between, type Test } from './field.ts'

function pattern(message: string, regex: string, ...examples: readonly string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${regex}')`
  const list = examples.map(one => `'${one}', `).join(' or ')
  return `${message} (e.g. ${list}regex used for validation is '${regex}')`
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const LOOSE_LABEL = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
const LOOSE_SUBDOMAIN = `${LOOSE_LABEL}(\\.${LOOSE_LABEL})*`
const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const CONFIG_KEY = '[-._a-zA-Z0-9]+'

const isLabel = new RegExp(`^${LABEL}$`)
const isSubdomain = new RegExp(`^${SUBDOMAIN}$`)
const isLabel1035 = new RegExp(`^${LABEL_1035}$`)
const isLooseSubdomain = new RegExp(`^${LOOSE_SUBDOMAIN}$`)
const isWildcard = new RegExp(`^\\*\\.${SUBDOMAIN}$`)
const isKey = new RegExp(`^${KEY}$`)
const isConfigKey = new RegExp(`^${CONFIG_KEY}$`)

/** UTF-8 length: Go counts bytes. */
export function bytes(text: string): number {
  return Buffer.byteLength(text)
}

function limited(text: string, most: number, ok: boolean, complaint: string): readonly string[] {
  const long = text.length > most ? [atMost(most)] : []
  return ok ? long : [...long, complaint]
}

const labelComplaint = pattern(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  LABEL,
  'my-name',
  '123-abc',
)

/** Kube-apiserver 1.36 apimachinery/pkg/util/validation IsDNS1123Label. */
export const dnsLabel: Test = text => {
  if (isLabel.test(text)) return limited(text, 63, true, '')
  const complaint = isSubdomain.test(text) ? 'must not contain dots' : labelComplaint
  return limited(text, 63, false, complaint)
}

const subdomainComplaint = pattern(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  SUBDOMAIN,
  'example.com',
)

/** IsDNS1123Subdomain. */
export const subdomain: Test = text =>
  limited(text, 253, isSubdomain.test(text), subdomainComplaint)

const looseSubdomainComplaint = pattern(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
  LOOSE_SUBDOMAIN,
  'example.com',
)

/** IsDNS1123SubdomainWithUnderscore. */
export const looseSubdomain: Test = text =>
  limited(text, 253, isLooseSubdomain.test(text), looseSubdomainComplaint)

const label1035Complaint = pattern(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  LABEL_1035,
  'my-name',
  'abc-123',
)

/** IsDNS1035Label. */
export const dns1035Label: Test = text =>
  limited(text, 63, isLabel1035.test(text), label1035Complaint)

const wildcardComplaint = pattern(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  `\\*\\.${SUBDOMAIN}`,
  '*.example.com',
)

/** IsWildcardDNS1123Subdomain. */
export const wildcard: Test = text => limited(text, 253, isWildcard.test(text), wildcardComplaint)

const KEY_COMPLAINT = pattern(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  KEY,
  'MyName',
  'my.name',
  '123-abc',
)

/** IsQualifiedName (a label key). */
export const qualifiedName: Test = text => {
  const parts = text.split('/')
  if (parts.length > 2)
    return [
      `a valid label key ${KEY_COMPLAINT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  const name = parts.at(-1) ?? ''
  const complaints: string[] = []
  const prefix = parts.length === 2 ? parts[0] : undefined
  if (prefix === '') complaints.push('prefix part must be non-empty')
  else if (prefix !== undefined)
    complaints.push(...subdomain(prefix).map(one => `prefix part ${one}`))
  if (name === '') complaints.push('name part must be non-empty')
  else if (name.length > 63) complaints.push(`name part ${atMost(63)}`)
  if (!isKey.test(name)) complaints.push(`name part ${KEY_COMPLAINT}`)
  return complaints
}

const labelValueComplaint = pattern(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  `(${KEY})?`,
  'MyValue',
  'my_value',
  '12345',
)

/** IsValidLabelValue. */
export const labelValue: Test = text =>
  limited(text, 63, text === '' || isKey.test(text), labelValueComplaint)

/** IsValidPortName. */
export const portName: Test = text => {
  const complaints: string[] = []
  if (text.length > 15) complaints.push(atMost(15))
  if (!/^[-a-z0-9]+$/.test(text))
    complaints.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(text)) complaints.push('must contain at least one letter (a-z)')
  if (text.includes('--')) complaints.push('must not contain consecutive hyphens')
  if (text.startsWith('-') || text.endsWith('-'))
    complaints.push('must not begin or end with a hyphen')
  return complaints
}

/** IsValidPortNum. */
export function portNumber(port: number): readonly string[] {
  return port >= 1 && port <= 65535 ? [] : [between(1, 65535)]
}

const percentComplaint = pattern(
  "a valid percent string must be a numeric string followed by an ending '%'",
  '[0-9]+%',
  '1%',
  '93%',
)

/** IsValidPercent. */
export const percent: Test = text => (/^[0-9]+%$/.test(text) ? [] : [percentComplaint])

const headerNameComplaint = pattern(
  "a valid HTTP header must consist of alphanumeric characters or '-'",
  '[-A-Za-z0-9]+',
  'X-Header-Name',
)

/** IsHTTPHeaderName. */
export const headerName: Test = text => (/^[-A-Za-z0-9]+$/.test(text) ? [] : [headerNameComplaint])

/** IsRelaxedEnvVarName. */
export const environmentName: Test = text => {
  if (text === '') return ['environment variable name must be non-empty']
  if (/^[\x20-\x3c\x3e-\x7e]*$/.test(text)) return []
  return [
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  ]
}

function dots(text: string): readonly string[] {
  if (text === '.') return ["must not be '.'"]
  if (text === '..') return ["must not be '..'"]
  return text.startsWith('..') ? ["must not start with '..'"] : []
}

const configKeyComplaint = pattern(
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  CONFIG_KEY,
  'key.name',
  'KEY_NAME',
  'key-name',
)

/** IsConfigMapKey. */
export const configKey: Test = text => [
  ...limited(text, 253, isConfigKey.test(text), configKeyComplaint),
  ...dots(text),
]

/** IsPathSegmentName: what may be one part of an URL. */
export const pathSegment: Test = text => {
  if (text === '.' || text === '..') return [`may not be '${text}'`]
  return ['/', '%'].filter(one => text.includes(one)).map(one => `may not contain '${one}'`)
}

/** A trailing dash of a generateName will be followed by characters. */
export function asPrefix(text: string): string {
  return text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text
}

/** IsFullyQualifiedName: a domain of three parts at least. */
export const domainOfThree: Test = text => {
  const complaints = subdomain(text)
  if (complaints.length > 0) return [complaints.join(',')]
  if (text.split('.').length >= 3) return []
  return ['should be a domain with at least three segments separated by dots']
}

/** IsFullyQualifiedDomainName: two parts at least, a final dot allowed. */
export const domainName: Test = text => {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  const complaints = subdomain(name)
  if (complaints.length > 0) return [complaints.join(',')]
  const parts = name.split('.')
  if (parts.length < 2) return ['should be a domain with at least two segments separated by dots']
  const bad = parts.map(dnsLabel).find(one => one.length > 0)
  return bad === undefined ? [] : [bad.join(',')]
}

/** IsDomainPrefixedPath, as `acme.io/foo`. */
export const prefixedPath: Test = text => {
  const slash = text.indexOf('/')
  const host = text.slice(0, Math.max(slash, 0))
  const path = text.slice(slash + 1)
  if (slash === -1 || host === '' || path === '')
    return ['must be a domain-prefixed path (such as "acme.io/foo")']
  const allowed = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+"
  const ok = new RegExp(`^${allowed}$`).test(path)
  return [...subdomain(host), ...(ok ? [] : [pattern('Invalid path', allowed)])]
}

/** IsDecimalInteger. */
export const decimalInteger: Test = text => {
  if (text === '') return ['must be non-empty']
  return /^(0|-?[1-9][0-9]*)$/.test(text)
    ? []
    : ['must be a valid decimal integer in canonical form']
}

const identifierComplaint = pattern(
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
  '[A-Za-z_][A-Za-z0-9_]*',
  'my_name',
  'MY_NAME',
  'MyName',
)

/** IsCIdentifier. */
export const identifier: Test = text =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? [] : [identifierComplaint]
