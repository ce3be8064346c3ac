import type { Check } from './check.ts'

/** Controllers started with `--no-cross-namespace-refs`. */
export const blockedReference: Check = {
  code: 'blocked-reference',
  level: 'error',
  group: 'flux',
  summary: 'a reference into another namespace where Flux follows none',
  ignorable: true,
  run: input => input.found('blocked-reference'),
}
