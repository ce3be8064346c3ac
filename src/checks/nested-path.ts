import type { Check } from './check.ts'

/** Two Kustomizations that take the same files, because one folder is in the other. */
export const nestedPath: Check = {
  code: 'nested-path',
  level: 'error',
  group: 'flux',
  summary: 'a path inside another path that applies it already',
  ignorable: true,
  run: input => input.found('nested-path'),
}
