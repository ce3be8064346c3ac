import { trimQuantity } from '../../schema/quantity.ts'
import { valueOf } from '../../yaml/value.ts'
import type { Field } from './field.ts'
import { dnsLabel, qualifiedName } from './format.ts'
import { formatQuantity, isWhole, parseQuantity, type Quantity, wholeOf } from './quantity.ts'

const compute = ['cpu', 'memory', 'ephemeral-storage']
const counted = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]
const standard = new Set([
  ...compute,
  ...compute.map(name => `requests.${name}`),
  ...compute.map(name => `limits.${name}`),
  ...counted,
  'storage',
  'requests.storage',
])
const quota = new Set([...standard].filter(name => name !== 'storage'))

export function isHuge(name: string): boolean {
  return name.startsWith('hugepages-')
}

function isQuotaHuge(name: string): boolean {
  return isHuge(name) || name.startsWith('requests.hugepages-')
}

/** 1.36 core/helper IsNativeResource. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/')
}

/** 1.36 core/helper IsExtendedResourceName. */
export function isExtended(name: string): boolean {
  if (isNative(name) || name.startsWith('requests.')) return false
  return qualifiedName(`requests.${name}`).length === 0
}

/** Whether more may be promised than there is. */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHuge(name)
}

export function isStandardQuota(name: string): boolean {
  return quota.has(name) || isQuotaHuge(name)
}

/** ValidateResourceName: any name that a resource list may use. Answers whether it is fine. */
export function checkResourceName(at: Field, name: string): boolean {
  const complaints = qualifiedName(name)
  for (const complaint of complaints) at.invalid(complaint, name)
  if (complaints.length > 0) return false
  if (name.includes('/') || standard.has(name) || isQuotaHuge(name)) return true
  at.invalid('must be a standard resource type or fully qualified', name)
  return false
}

/** ValidateContainerResourceName. */
export function checkContainerResourceName(at: Field, name: string): void {
  checkResourceName(at, name)
  if (!name.includes('/')) {
    if (!compute.includes(name) && !isHuge(name))
      at.invalid('must be a standard resource for containers', name)
  } else if (!isNative(name) && !isExtended(name))
    at.invalid("doesn't follow extended resource name standard", name)
}

function checkPodResourceName(at: Field, name: string): void {
  if (!checkResourceName(at, name)) return
  if (name !== 'cpu' && name !== 'memory' && !isHuge(name))
    at.unsupported(['cpu', 'hugepages-', 'memory'], name)
}

/** ValidateResourceQuotaResourceName. */
export function checkQuotaName(at: Field, name: string): void {
  checkResourceName(at, name)
  if (!name.includes('/') && !isStandardQuota(name))
    at.invalid('must be a standard resource for quota', name)
}

/** A number as JSON would write it, whatever YAML form it has. */
export function numberText(field: Field): string {
  if (field.node?.kind !== 'scalar') return field.text
  const value = valueOf(field.node)
  return typeof value === 'number' || typeof value === 'bigint'
    ? `${value}`
    : trimQuantity(field.text)
}

/** The amount here; undefined where it is none (structure has said so). */
export function amountOf(field: Field): Quantity | undefined {
  if (!field.has) return field.isWritten ? { nano: 0n, form: 'decimal' } : undefined
  return parseQuantity(numberText(field))
}

export function quoted(amount: Quantity): string {
  return formatQuantity(amount)
}

/** ValidateResourceQuantityValue: not negative, whole where a thing is counted. */
export function checkAmount(at: Field, name: string): void {
  const amount = amountOf(at)
  if (amount === undefined) return
  if (amount.nano < 0n) at.invalid('must be greater than or equal to 0', quoted(amount))
  if ((counted.includes(name) || isExtended(name)) && !isWhole(amount))
    at.invalid('must be an integer', quoted(amount))
}

function checkHugeValue(at: Field, name: string): void {
  if (!isHuge(name)) return
  const amount = amountOf(at)
  const page = parseQuantity(name.slice('hugepages-'.length))
  if (amount === undefined) return
  const divisible =
    page !== undefined && page.nano > 0n && isWhole(page) && wholeOf(amount) % wholeOf(page) === 0n
  if (!divisible)
    at.invalid(`${quoted(amount)} is not positive integer multiple of ${name}`, quoted(amount))
}

/**
 * Requests and limits (1.36 core/validation validateResourceRequirements); `claims` are the names
 * in spec.resourceClaims, `pod` says that these are resources of a pod as a whole.
 */
export function checkResources(at: Field, claims: readonly string[], pod: boolean = false): void {
  const checkName = pod ? checkPodResourceName : checkContainerResourceName
  const [limits, requests] = [at.get('limits'), at.get('requests')]
  for (const [name, field] of [...limits.entries(), ...requests.entries()]) {
    checkName(field, name)
    checkAmount(field, name)
    checkHugeValue(field, name)
  }
  for (const [name, field] of requests.entries()) checkAgainstLimit(requests, limits, name, field)
  const names = [...limits.entries(), ...requests.entries()].map(([name]) => name)
  if (names.some(isHuge) && !names.includes('cpu') && !names.includes('memory'))
    at.forbidden('HugePages require cpu or memory')
  if (at.report.minor >= 34) checkClaims(at.get('claims'), claims)
}

/** What a runtime takes for itself (validateOverhead): limits without requests. */
export function checkOverhead(list: Field): void {
  for (const [name, field] of list.entries()) {
    const at = field.as(`.limits[${name}]`)
    checkContainerResourceName(at, name)
    checkAmount(at, name)
    checkHugeValue(at, name)
  }
  const names = list.entries().map(([name]) => name)
  if (names.some(isHuge) && !names.includes('cpu') && !names.includes('memory'))
    list.forbidden('HugePages require cpu or memory')
}

function checkAgainstLimit(requests: Field, limits: Field, name: string, field: Field): void {
  const limitField = limits.entry(name)
  const firm = !isOvercommitAllowed(name)
  if (!limitField.isWritten) {
    if (firm) limits.near(field).required('Limit must be set for non overcommitable resources')
    return
  }
  const [request, limit] = [amountOf(field), amountOf(limitField)]
  if (request === undefined || limit === undefined) return
  const at = requests.near(field)
  if (firm && request.nano !== limit.nano)
    at.invalid(`must be equal to ${name} limit of ${quoted(limit)}`, quoted(request))
  else if (request.nano > limit.nano)
    at.invalid(`must be less than or equal to ${name} limit of ${quoted(limit)}`, quoted(request))
}

function checkClaims(claims: Field, known: readonly string[]): void {
  const names = new Set<string>()
  for (const claim of claims.items()) {
    const name = claim.get('name').text
    if (name === '') {
      claim.required()
      continue
    }
    const request = claim.get('request')
    request.mayBe(dnsLabel)
    const key = request.text === '' ? name : `${name}/${request.text}`
    const clash =
      names.has(name) ||
      names.has(key) ||
      (key === name && [...names].some(one => one.startsWith(`${name}/`)))
    if (clash) claim.duplicate(key)
    names.add(key)
    if (known.includes(name)) continue
    const list = known.length === 0 ? ' which is empty' : `: ${[...known].sort().join(', ')}`
    claim.missing(`must be one of the names in pod.spec.resourceClaims${list}`, name)
  }
}
