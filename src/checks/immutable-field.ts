import type { Check } from './check.ts'

/** Changes that the API server refuses in an object that is there. */
export const immutableField: Check = {
  code: 'immutable-field',
  level: 'error',
  group: 'schema',
  summary: 'a field that cannot change once the object exists',
  ignorable: true,
  run: input => input.found('immutable-field'),
}
