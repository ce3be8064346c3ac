import type { Check } from './check.ts'

/** Unknown fields of the kustomization file at `spec.path`. */
export const unknownKustomizationField: Check = {
  code: 'unknown-kustomization-field',
  level: 'error',
  group: 'kustomize',
  summary: 'a field that no kustomization file has',
  ignorable: true,
  run: input => input.found('unknown-kustomization-field'),
}
