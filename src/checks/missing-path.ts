import type { Check } from './check.ts'

/** kustomize-controller: the folder of `spec.path` is not in the artifact. */
export const missingPath: Check = {
  code: 'missing-path',
  level: 'error',
  group: 'flux',
  summary: 'a Kustomization path that the artifact does not have',
  ignorable: true,
  run: input => input.found('missing-path'),
}
