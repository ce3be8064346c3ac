import type { Check } from './check.ts'

/** The last of equal keys counts. */
export const duplicateKey: Check = {
  code: 'duplicate-key',
  level: 'warning',
  group: 'kustomize',
  summary: 'a field that is written twice in a kustomization file',
  ignorable: true,
  run: input => input.found('duplicate-key'),
}
