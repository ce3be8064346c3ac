import type { Check } from './check.ts'

/** What stands behind the end of a document. */
export const ignoredText: Check = {
  code: 'ignored-text',
  level: 'error',
  group: 'kustomize',
  summary: 'text that no reader takes',
  ignorable: true,
  run: input => input.found('ignored-text'),
}
