import type { Check } from './check.ts'

/** `valuesFrom` an object that nothing in the repository makes. */
export const unknownValues: Check = {
  code: 'unknown-values',
  level: 'note',
  group: 'helm',
  summary: 'values that only the cluster knows',
  ignorable: true,
  run: input => input.found('unknown-values'),
}
