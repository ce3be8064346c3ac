import { checkComparison } from '../flux/compare.ts'
import type { Check } from './check.ts'

/** What leaves a Kustomization that prunes. */
export const prunedObject: Check = {
  code: 'pruned-object',
  level: 'warning',
  group: 'flux',
  summary: 'an object that Flux will delete',
  ignorable: true,
  run: input => checkComparison(input.baseModel, input.model, 'pruned-object'),
}
