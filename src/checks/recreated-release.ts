import { checkComparison } from '../flux/compare.ts'
import type { Check } from './check.ts'

/** Changes of what Helm knows a release by. */
export const recreatedRelease: Check = {
  code: 'recreated-release',
  level: 'warning',
  group: 'flux',
  summary: 'a release that Helm uninstalls and installs anew',
  ignorable: true,
  run: input => checkComparison(input.baseModel, input.model, 'recreated-release'),
}
