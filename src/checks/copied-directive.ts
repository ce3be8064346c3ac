import type { Check } from './check.ts'

/** Directives of kubectl's strategic merge that kustomize copies into objects. */
export const copiedDirective: Check = {
  code: 'copied-directive',
  level: 'error',
  group: 'kustomize',
  summary: 'a patch directive that kustomize copies into the object',
  ignorable: true,
  run: input => input.found('copied-directive'),
}
