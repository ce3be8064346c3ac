import type { Check } from './check.ts'

/** A value of the right type that is not allowed: none of the words that the API knows, outside the. */
export const invalidValue: Check = {
  code: 'invalid-value',
  level: 'error',
  group: 'schema',
  summary: 'a value that the API server does not take',
  ignorable: true,
  run: input => input.found('invalid-value'),
}
