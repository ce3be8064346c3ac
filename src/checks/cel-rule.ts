import type { Check } from './check.ts'

/** Custom resources carry rules in CEL (`x-kubernetes-validations`) that look at several fields at. */
export const celRule: Check = {
  code: 'cel-rule',
  level: 'error',
  group: 'schema',
  summary: 'a rule of the custom resource that is broken',
  ignorable: true,
  run: input => input.found('cel-rule'),
}
