import type { Field } from './field.ts'
import { dnsLabel } from './format.ts'
import { checkTolerations } from './placement.ts'
import { checkOverhead } from './resource.ts'
import { checkLabels } from './selector.ts'

const SYSTEM: Readonly<Record<string, number>> = {
  'system-node-critical': 2000001000,
  'system-cluster-critical': 2000000000,
}

/** A PriorityClass (1.36 scheduling/validation ValidatePriorityClass). */
export function checkPriorityClass(root: Field): void {
  const [name, value] = [root.get('metadata').get('name'), root.get('value')]
  const number = value.orNumber(0)
  if (name.text.startsWith('system-')) {
    if (SYSTEM[name.text] !== number || root.get('globalDefault').isTrue)
      name.forbidden(
        `priority class names with 'system-' prefix are reserved for system use only. error: ${name.text} is not a known system priority class`,
      )
  } else if (number > 1_000_000_000)
    value.forbidden('maximum allowed value of a user defined priority is 1000000000')
  const policy = root.get('preemptionPolicy')
  if (policy.has && policy.text === '') policy.required()
  else policy.oneOf(['PreemptLowerPriority', 'Never'])
}

/** A RuntimeClass (1.36 node/validation ValidateRuntimeClass). */
export function checkRuntimeClass(root: Field): void {
  root.get('handler').needs(dnsLabel)
  const overhead = root.get('overhead')
  checkOverhead(overhead.get('podFixed').as('').under(overhead))
  const scheduling = root.get('scheduling')
  checkLabels(scheduling.get('nodeSelector'))
  const tolerations = scheduling.get('tolerations')
  checkTolerations(tolerations)
  const seen = new Set<string>()
  for (const one of tolerations.items()) {
    const key = ['key', 'operator', 'value', 'effect'].map(name => one.get(name).text).join('\0')
    if (seen.has(key)) one.duplicate()
    seen.add(key)
  }
}

/** A Lease (1.36 coordination/validation ValidateLeaseSpec). */
export function checkLease(root: Field): void {
  const spec = root.get('spec')
  const [duration, transitions] = [spec.get('leaseDurationSeconds'), spec.get('leaseTransitions')]
  if (duration.orNumber(1) <= 0) duration.invalid('must be greater than 0')
  if (transitions.orNumber(0) < 0) transitions.invalid('must be greater than or equal to 0')
}
