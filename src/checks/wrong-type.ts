import type { Check } from './check.ts'

/** A value of another type than the API server reads there. */
export const wrongType: Check = {
  code: 'wrong-type',
  level: 'error',
  group: 'schema',
  summary: 'a value of another type than the schema has',
  ignorable: true,
  run: input => input.found('wrong-type'),
}
