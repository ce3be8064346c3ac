import type { Field } from './field.ts'
import { bytes, qualifiedName } from './format.ts'

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore']

function listed(values: readonly string[]): string {
  return `valid values: [${values.map(one => JSON.stringify(one)).join(' ')}]`
}

/** 1.36 batch/validation validatePodFailurePolicy. */
export function checkFailurePolicy(spec: Field): void {
  const rules = spec.get('podFailurePolicy').get('rules')
  if (rules.size > 20) rules.tooMany(rules.size, 20)
  const pod = spec.get('template').get('spec')
  const containers = ['containers', 'initContainers']
    .flatMap(name => pod.get(name).items())
    .map(one => one.get('name').text)
  for (const rule of rules.items()) {
    const action = rule.get('action')
    if (action.text === '') action.required(listed(ACTIONS))
    else action.oneOf(ACTIONS)
    if (action.text === 'FailIndex' && !spec.get('backoffLimitPerIndex').has)
      action.invalid('requires the backoffLimitPerIndex to be set')
    const [codes, conditions] = [rule.get('onExitCodes'), rule.get('onPodConditions')]
    if (codes.has) checkExitCodes(codes, containers)
    checkConditions(conditions)
    if (codes.has && conditions.size > 0)
      rule.wrong('specifying both OnExitCodes and OnPodConditions is not supported')
    if (!codes.has && conditions.size === 0)
      rule.wrong('specifying one of OnExitCodes and OnPodConditions is required')
  }
}

function checkConditions(list: Field): void {
  if (list.size > 20) list.tooMany(list.size, 20)
  for (const one of list.items()) {
    one.get('type').must(qualifiedName)
    const status = one.get('status')
    if (status.text !== '') status.oneOf(['False', 'True', 'Unknown'])
  }
}

function checkExitCodes(codes: Field, containers: readonly string[]): void {
  const [operator, container] = [codes.get('operator'), codes.get('containerName')]
  if (operator.text === '') operator.required(listed(['In', 'NotIn']))
  else operator.oneOf(['In', 'NotIn'])
  if (container.has && !containers.includes(container.text))
    container.invalid('must be one of the container or initContainer names in the pod template')
  const values = codes.get('values')
  if (values.size === 0) values.invalid('at least one value is required')
  if (values.size > 255) values.tooMany(values.size, 255)
  const numbers = values.items().map(one => one.orNumber(0))
  for (const [i, value] of values.items().entries()) {
    const number = value.orNumber(0)
    if (operator.text === 'In' && number === 0) value.invalid('must not be 0 for the In operator')
    if (numbers.indexOf(number) < i) value.duplicate()
  }
  if (numbers.some((number, i) => i > 0 && (numbers[i - 1] ?? 0) > number))
    values.invalid('must be ordered')
}

/** ValidateSuccessPolicy; the job is indexed. */
export function checkSuccessPolicy(spec: Field): void {
  const rules = spec.get('successPolicy').get('rules')
  if (rules.size === 0)
    rules.required('at least one rules must be specified when the successPolicy is specified')
  if (rules.size > 20) rules.tooMany(rules.size, 20)
  const completions = completionsOf(spec)
  for (const rule of rules.items()) checkSuccessRule(rule, completions ?? 0)
}

function checkSuccessRule(rule: Field, completions: number): void {
  const [count, indexes] = [rule.get('succeededCount'), rule.get('succeededIndexes')]
  if (!count.has && !indexes.has)
    rule.required('at least one of succeededCount or succeededIndexes must be specified')
  if (bytes(indexes.text) > 65536) indexes.tooLong(65536)
  const total = countIndexes(indexes.text, completions)
  if (typeof total === 'string') indexes.invalid(`error parsing succeededIndexes: ${total}`)
  count.nonNegative()
  const number = count.orNumber(0)
  if (number > completions)
    count.invalid(
      `must be less than or equal to ${completions} (the number of specified completions)`,
    )
  const most = typeof total === 'string' ? 0 : total
  if (indexes.has && number > most)
    count.invalid(
      `must be less than or equal to ${most} (the number of indexes in the specified succeededIndexes field)`,
    )
}

/** How many indexes `1,3-5` names, or why it is none (validateIndexesFormat). */
function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0
  let last = -1
  let total = 0
  for (const part of text.split(',')) {
    const ends = part.split('-')
    if (ends.length > 2)
      return `the fragment ${JSON.stringify(part)} violates the requirement that an index interval can have at most two parts separated by '-'`
    const bad = ends.find(one => !/^[+-]?\d{1,18}$/.test(one))
    if (bad !== undefined)
      return `cannot convert string to integer for index: ${JSON.stringify(bad)}`
    const large = ends.find(one => Number(one) >= completions)
    if (large !== undefined) return `too large index: ${JSON.stringify(large)}`
    const [from = 0, to = from] = ends.map(Number)
    if (ends.length === 2 && from >= to)
      return `non-increasing order, previous: ${from}, current: ${to}`
    if (last >= from) return `non-increasing order, previous: ${last}, current: ${from}`
    total += to - from + 1
    last = to
  }
  return total
}

/** Completions default to one where nothing says otherwise. */
export function completionsOf(spec: Field): number | undefined {
  const written = spec.get('completions')
  if (written.has) return written.orNumber(0)
  const plain = spec.path === 'spec'
  return !plain || spec.get('parallelism').has ? undefined : 1
}
