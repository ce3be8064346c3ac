import type { Check } from './check.ts'

/** `substituteFrom` an object that nothing in the repository makes. */
export const unknownVariables: Check = {
  code: 'unknown-variables',
  level: 'note',
  group: 'flux',
  summary: 'variables that only the cluster knows',
  ignorable: true,
  run: input => input.found('unknown-variables'),
}
