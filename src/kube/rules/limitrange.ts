import type { Field } from './field.ts'
import { qualifiedName } from './format.ts'
import { formatQuantity, milliOf, type Quantity, wholeOf } from './quantity.ts'
import {
  amountOf,
  checkContainerResourceName,
  checkResourceName,
  isOvercommitAllowed,
} from './resource.ts'

const LISTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const
type List = (typeof LISTS)[number]

/** A LimitRange (1.36 core/validation ValidateLimitRange). */
export function checkLimitRange(root: Field): void {
  const seen = new Set<string>()
  for (const item of root.get('spec').get('limits').items()) {
    const type = item.get('type')
    checkType(type)
    if (seen.has(type.text)) type.duplicate()
    seen.add(type.text)
    checkLists(item, type.text)
    checkAmounts(item, type.text)
  }
}

function checkType(type: Field): void {
  const complaints = qualifiedName(type.text)
  for (const complaint of complaints) type.invalid(complaint, type.text)
  const known = ['Pod', 'Container', 'PersistentVolumeClaim'].includes(type.text)
  if (complaints.length === 0 && !type.text.includes('/') && !known)
    type.invalid('must be a standard limit type or fully qualified')
}

function checkLists(item: Field, type: string): void {
  const inPod = type === 'Pod' || type === 'Container'
  for (const list of LISTS) {
    if (type === 'Pod' && (list === 'default' || list === 'defaultRequest')) {
      if (item.get(list).size > 0)
        item.get(list).forbidden("may not be specified when `type` is 'Pod'")
      continue
    }
    for (const [name, field] of item.get(list).entries())
      if (inPod) checkContainerResourceName(field, name)
      else checkResourceName(field, name)
  }
  if (type === 'Container') checkFilled(item)
  if (type !== 'PersistentVolumeClaim') return
  if (!item.get('min').get('storage').has && !item.get('max').get('storage').has)
    item
      .get('limits')
      .required('either minimum or maximum storage value is required, but neither was provided')
}

/** Defaults that the server fills in are judged where they land. */
function checkFilled(item: Field): void {
  const [max, min] = [item.get('max').entries(), item.get('min').entries()]
  const limits = item.get('default')
  for (const [name, field] of [...max, ...limits.entries(), ...min]) {
    const request = item.get('defaultRequest')
    const fromMax = max.some(([one]) => one === name) && !limits.entry(name).isWritten
    if (fromMax) checkContainerResourceName(field.under(limits), name)
    if (!request.entry(name).isWritten) checkContainerResourceName(field.under(request), name)
  }
}

/** The amounts of one resource, defaults filled in as the server does for containers. */
function amountsOf(item: Field, type: string, name: string): Partial<Record<List, Quantity>> {
  const read = (list: List) => amountOf(item.get(list).get(name))
  const [max, min, ratio] = [read('max'), read('min'), read('maxLimitRequestRatio')]
  const given = type === 'Pod' ? undefined : read('default')
  const asked = type === 'Pod' ? undefined : read('defaultRequest')
  const fill = type === 'Container'
  const limit = given ?? (fill ? max : undefined)
  const request = asked ?? (fill ? (limit ?? min) : undefined)
  return {
    ...(max && { max }),
    ...(min && { min }),
    ...(ratio && { maxLimitRequestRatio: ratio }),
    ...(limit && { default: limit }),
    ...(request && { defaultRequest: request }),
  }
}

function checkAmounts(item: Field, type: string): void {
  const names = new Set(
    LISTS.flatMap(list =>
      item
        .get(list)
        .entries()
        .map(([name]) => name),
    ),
  )
  for (const name of names) {
    const amounts = amountsOf(item, type, name)
    const { default: limit, defaultRequest: request } = amounts
    checkOrder(item, name, amounts)
    checkRatio(item, name, amounts)
    if (!isOvercommitAllowed(name) && limit && request && limit.nano !== request.nano)
      item
        .get('defaultRequest')
        .entry(name)
        .invalid(
          `default value ${formatQuantity(limit)} must equal to defaultRequest value ${formatQuantity(request)} in ${name}`,
          formatQuantity(request),
        )
  }
}

const ORDER: readonly (readonly [List, List, List, string])[] = [
  ['min', 'max', 'min', 'min value % is greater than max value %'],
  [
    'min',
    'defaultRequest',
    'defaultRequest',
    'min value % is greater than default request value %',
  ],
  [
    'defaultRequest',
    'max',
    'defaultRequest',
    'default request value % is greater than max value %',
  ],
  [
    'defaultRequest',
    'default',
    'defaultRequest',
    'default request value % is greater than default limit value %',
  ],
  ['min', 'default', 'default', 'min value % is greater than default value %'],
  ['default', 'max', 'default', 'default value % is greater than max value %'],
]

function checkOrder(item: Field, name: string, amounts: Partial<Record<List, Quantity>>): void {
  for (const [low, high, list, text] of ORDER) {
    const [a, b] = [amounts[low], amounts[high]]
    if (a === undefined || b === undefined || a.nano <= b.nano) continue
    const [first, second] = [formatQuantity(a), formatQuantity(b)]
    item.get(list).entry(name).invalid(text.replace('%', first).replace('%', second), first)
  }
}

function checkRatio(item: Field, name: string, amounts: Partial<Record<List, Quantity>>): void {
  const { maxLimitRequestRatio: ratio, min, max } = amounts
  if (ratio === undefined) return
  const at = item.get('maxLimitRequestRatio').entry(name)
  const text = formatQuantity(ratio)
  if (ratio.nano < 1_000_000_000n) at.invalid(`ratio ${text} is less than 1`, text)
  const huge = 2n ** 63n * 1_000_000_000n
  if (min === undefined || max === undefined || max.nano >= huge) return
  const small = [ratio, min, max].every(one => wholeOf(one) < 9223372036854775n)
  const number = (one: Quantity) => Number(small ? milliOf(one) : wholeOf(one))
  const most = number(max) / number(min)
  const value = small ? number(ratio) / 1000 : number(ratio)
  if (value > most) at.invalid(`ratio ${text} is greater than max/min = ${most.toFixed(6)}`, text)
}
