import type { Field } from './field.ts'
import { labelValue, qualifiedName } from './format.ts'

/** Keys and values of labels (1.36 apis/meta/v1/validation ValidateLabels). */
export function checkLabels(labels: Field): void {
  for (const [key, value] of labels.entries()) {
    for (const complaint of qualifiedName(key)) labels.near(value).invalid(complaint, key)
    for (const complaint of labelValue(value.text))
      labels.near(value).invalid(complaint, value.text)
  }
}

/** ValidateLabelSelector. */
export function checkSelector(selector: Field): void {
  checkLabels(selector.get('matchLabels'))
  for (const one of selector.get('matchExpressions').items()) checkRequirement(one)
}

function checkRequirement(one: Field): void {
  const operator = one.get('operator')
  const values = one.get('values')
  switch (operator.text) {
    case 'In':
    case 'NotIn':
      if (values.size === 0) values.required("must be specified when `operator` is 'In' or 'NotIn'")
      break
    case 'Exists':
    case 'DoesNotExist':
      if (values.size > 0)
        values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
      break
    default:
      operator.invalid('not a valid selector operator', operator.text)
  }
  one.get('key').must(qualifiedName)
  for (const value of values.items()) value.must(labelValue)
}

export type Labels = ReadonlyMap<string, string>

export function labelsOf(field: Field): Labels {
  return new Map(field.entries().map(([key, value]) => [key, value.text]))
}

/** Whether nothing is selected by: no labels, no expressions. */
export function isEmptySelector(selector: Field): boolean {
  return selector.get('matchLabels').size + selector.get('matchExpressions').size === 0
}

/** Whether Go can make a selector of it (LabelSelectorAsSelector). */
export function isUsable(selector: Field): boolean {
  for (const [key, value] of selector.get('matchLabels').entries())
    if (qualifiedName(key).length > 0 || labelValue(value.text).length > 0) return false
  return selector
    .get('matchExpressions')
    .items()
    .every(one => {
      const values = one.get('values')
      const many = ['In', 'NotIn'].includes(one.get('operator').text)
      const none = ['Exists', 'DoesNotExist'].includes(one.get('operator').text)
      if (!many && !none) return false
      if (many ? values.size === 0 : values.size > 0) return false
      if (qualifiedName(one.get('key').text).length > 0) return false
      return values.texts().every(text => labelValue(text).length === 0)
    })
}

/** Whether labels satisfy a usable selector; an absent selector selects nothing. */
export function matches(selector: Field, labels: Labels): boolean {
  if (!selector.has) return false
  return (
    matchesAll(selector.get('matchLabels'), labels) &&
    selector
      .get('matchExpressions')
      .items()
      .every(one => matchesOne(one, labels))
  )
}

/** Whether labels hold every pair of a map. */
export function matchesAll(pairs: Field, labels: Labels): boolean {
  return pairs.entries().every(([key, value]) => labels.get(key) === value.text)
}

function matchesOne(one: Field, labels: Labels): boolean {
  const value = labels.get(one.get('key').text)
  const values = one.get('values').texts()
  switch (one.get('operator').text) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    default:
      return value === undefined
  }
}
