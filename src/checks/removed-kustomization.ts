import { checkComparison } from '../flux/compare.ts'
import type { Check } from './check.ts'

/** Kustomizations of the base that head does not have. */
export const removedKustomization: Check = {
  code: 'removed-kustomization',
  level: 'warning',
  group: 'flux',
  summary: 'a Kustomization that goes, or changes its name',
  ignorable: true,
  run: input => checkComparison(input.baseModel, input.model, 'removed-kustomization'),
}
