import type { Check } from './check.ts'

/** A field without which the API server refuses the object. */
export const missingField: Check = {
  code: 'missing-field',
  level: 'error',
  group: 'schema',
  summary: 'a required field that is not there',
  ignorable: true,
  run: input => input.found('missing-field'),
}
