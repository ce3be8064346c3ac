import type { Check } from './check.ts'

/** `valuesFrom` against what the repository renders. */
export const missingValues: Check = {
  code: 'missing-values',
  level: 'error',
  group: 'helm',
  summary: 'values from an object or key that is not there, or that do not parse',
  ignorable: true,
  run: input => input.found('missing-values'),
}
