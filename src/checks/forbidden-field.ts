import type { Check } from './check.ts'

/** Fields that the API server allows, but not here: beside another one, or with this kind of object. */
export const forbiddenField: Check = {
  code: 'forbidden-field',
  level: 'error',
  group: 'schema',
  summary: 'a field that must not be set beside another, or in this kind of object',
  ignorable: true,
  run: input => input.found('forbidden-field'),
}
