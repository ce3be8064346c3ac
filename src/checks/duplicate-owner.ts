import type { Check } from './check.ts'

/** The same kind, namespace and name under two Kustomizations of one cluster. */
export const duplicateOwner: Check = {
  code: 'duplicate-owner',
  level: 'error',
  group: 'flux',
  summary: 'one object applied by two Kustomizations',
  ignorable: true,
  run: input => input.found('duplicate-owner'),
}
