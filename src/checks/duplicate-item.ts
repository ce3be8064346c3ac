import type { Check } from './check.ts'

/** Many lists are kept by a key: containers and variables by `name`, ports by number and protocol. */
export const duplicateItem: Check = {
  code: 'duplicate-item',
  level: 'error',
  group: 'schema',
  summary: 'two items of a list that the API server takes for the same',
  ignorable: true,
  run: input => input.found('duplicate-item'),
}
