import type { Field } from './field.ts'
import { dnsLabel, labelValue, qualifiedName, subdomain } from './format.ts'
import { checkSelector } from './selector.ts'

/** Node and pod affinity of a pod (1.36 core/validation validateAffinity). */
export function checkAffinity(affinity: Field): void {
  const node = affinity.get('nodeAffinity')
  const required = node.get('requiredDuringSchedulingIgnoredDuringExecution')
  if (required.has) checkNodeSelector(required)
  for (const one of node.get('preferredDuringSchedulingIgnoredDuringExecution').items()) {
    checkWeight(one)
    checkTerm(one.get('preference'), false)
  }
  for (const name of ['podAffinity', 'podAntiAffinity']) checkPodAffinity(affinity.get(name))
}

function checkWeight(one: Field): void {
  const weight = one.get('weight')
  const value = weight.orNumber(0)
  if (value <= 0 || value > 100) weight.invalid('must be in the range 1-100', value)
}

/** Terms that select nodes (ValidateNodeSelector). */
export function checkNodeSelector(selector: Field): void {
  const terms = selector.get('nodeSelectorTerms')
  if (terms.size === 0) return terms.required('must have at least one node selector term')
  for (const term of terms.items()) checkTerm(term, true)
}

function checkTerm(term: Field, strict: boolean): void {
  for (const one of term.get('matchExpressions').items()) checkNodeRequirement(one, strict)
  for (const one of term.get('matchFields').items()) checkFieldRequirement(one)
}

function checkNodeRequirement(one: Field, strict: boolean): void {
  const values = one.get('values')
  const operator = one.get('operator')
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
    case 'Gt':
    case 'Lt':
      if (values.size !== 1)
        values.required("must be specified single value when `operator` is 'Lt' or 'Gt'")
      break
    default:
      operator.invalid('not a valid selector operator', operator.text)
  }
  one.get('key').must(qualifiedName)
  if (strict) for (const value of values.items()) value.must(labelValue)
}

function checkFieldRequirement(one: Field): void {
  const operator = one.get('operator')
  const values = one.get('values')
  if (!['In', 'NotIn'].includes(operator.text))
    operator.invalid('not a valid selector operator', operator.text)
  else if (values.size !== 1)
    values.required(
      "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
    )
  const key = one.get('key')
  if (key.text !== 'metadata.name') key.invalid('not a valid field selector key', key.text)
  else for (const value of values.items()) value.must(subdomain)
}

function checkPodAffinity(affinity: Field): void {
  for (const term of affinity.get('requiredDuringSchedulingIgnoredDuringExecution').items())
    checkPodTerm(term)
  for (const one of affinity.get('preferredDuringSchedulingIgnoredDuringExecution').items()) {
    checkWeight(one)
    checkPodTerm(one.get('podAffinityTerm'))
  }
}

function checkPodTerm(term: Field): void {
  checkSelector(term.get('labelSelector'))
  checkSelector(term.get('namespaceSelector'))
  for (const one of term.get('namespaces').items())
    for (const complaint of dnsLabel(one.text))
      term.get('namespace').near(one).invalid(complaint, one.text)
  checkLabelKeys(term, term.get('matchLabelKeys'), term.get('mismatchLabelKeys'))
  const key = term.get('topologyKey')
  if (key.text === '') key.required('can not be empty')
  key.must(qualifiedName)
}

/** Keys whose values come from the pod itself (ValidateMatchLabelKeysAndMismatchLabelKeys). */
export function checkLabelKeys(at: Field, match: Field, mismatch: Field): void {
  const selector = at.get('labelSelector')
  for (const list of [match, mismatch]) {
    if (list.size === 0) continue
    if (selector.has) for (const key of list.items()) key.must(qualifiedName)
    else list.forbidden('must not be specified when labelSelector is not set')
  }
  const keys = match.texts()
  const used = new Set(
    selector
      .get('matchLabels')
      .entries()
      .map(([key]) => key),
  )
  for (const one of selector.get('matchExpressions').items()) {
    const key = one.get('key').text
    if (keys.includes(key) && used.has(key))
      at.near(one).invalid('exists in both matchLabelKeys and labelSelector', key)
    used.add(key)
  }
  const other = new Set(mismatch.texts())
  for (const key of match.items())
    if (other.has(key.text)) key.invalid('exists in both matchLabelKeys and mismatchLabelKeys')
}
