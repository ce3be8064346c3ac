import type { Check } from './check.ts'

/** A field that no schema of this kind knows. */
export const unknownField: Check = {
  code: 'unknown-field',
  level: 'error',
  group: 'schema',
  summary: 'a field that the schema of its kind does not have',
  ignorable: true,
  run: input => input.found('unknown-field'),
}
