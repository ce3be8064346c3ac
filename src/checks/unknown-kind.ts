import type { Check } from './check.ts'

/** No API server of the chosen version serves this kind: a slip in `kind` or `apiVersion`, or a version. */
export const unknownKind: Check = {
  code: 'unknown-kind',
  level: 'error',
  group: 'schema',
  summary: 'a kind that the cluster does not serve',
  ignorable: true,
  run: input => input.found('unknown-kind'),
}
