import type { Check } from './check.ts'

/** The lax reading of the kustomization file at `spec.path`. */
export const numberAsText: Check = {
  code: 'number-as-text',
  level: 'error',
  group: 'kustomize',
  summary: 'a number where kustomize wants text',
  ignorable: true,
  run: input => input.found('number-as-text'),
}
