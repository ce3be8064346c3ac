import { checkComparison } from '../flux/compare.ts'
import type { Check } from './check.ts'

/** Entry points of the base that head does not have. */
export const lostEntry: Check = {
  code: 'lost-entry',
  level: 'warning',
  group: 'flux',
  summary: 'an entry point that goes',
  ignorable: true,
  run: input => checkComparison(input.baseModel, input.model, 'lost-entry'),
}
