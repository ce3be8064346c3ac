import type { Check } from './check.ts'

/** Lists that a patch replaces instead of merging. */
export const shortenedList: Check = {
  code: 'shortened-list',
  level: 'warning',
  group: 'kustomize',
  summary: 'a list of a custom resource that a patch shortens',
  ignorable: true,
  run: input => input.found('shortened-list'),
}
