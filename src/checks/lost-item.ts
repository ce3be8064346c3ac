import type { Check } from './check.ts'

/** Entries that kustomize takes for another one. */
export const lostItem: Check = {
  code: 'lost-item',
  level: 'error',
  group: 'kustomize',
  summary: 'a list entry that a patch loses',
  ignorable: true,
  run: input => input.found('lost-item'),
}
