import type { Field } from './field.ts'
import { checkSelector } from './selector.ts'
import { checkIntOrPercent } from './workload.ts'

/** A PodDisruptionBudget (1.36 policy/validation ValidatePodDisruptionBudgetSpec). */
export function checkDisruptionBudget(root: Field): void {
  const spec = root.get('spec')
  const [least, most] = [spec.get('minAvailable'), spec.get('maxUnavailable')]
  if (least.has && most.has) spec.invalid('minAvailable and maxUnavailable cannot be both set')
  checkIntOrPercent(least)
  checkIntOrPercent(most)
  checkSelector(spec.get('selector'))
  spec.get('unhealthyPodEvictionPolicy').oneOf(['AlwaysAllow', 'IfHealthyBudget'])
}
