import type { Check } from './check.ts'

/** A CRD has rules of its own: its name is `<plural>.<group>`, exactly one version is stored, its schema. */
export const invalidCrd: Check = {
  code: 'invalid-crd',
  level: 'error',
  group: 'schema',
  summary: 'a CustomResourceDefinition that the API server refuses',
  ignorable: true,
  run: input => input.found('invalid-crd'),
}
