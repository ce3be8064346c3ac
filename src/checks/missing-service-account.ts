import type { Check } from './check.ts'

/** Flux applies in the name of a ServiceAccount of the namespace. */
export const missingServiceAccount: Check = {
  code: 'missing-service-account',
  level: 'warning',
  group: 'flux',
  summary: 'a ServiceAccount to apply with that nothing creates',
  ignorable: true,
  run: input => input.found('missing-service-account'),
}
