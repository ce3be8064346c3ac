import type { Check } from './check.ts'

/** `target: {}` in `spec.patches`. */
export const emptyTarget: Check = {
  code: 'empty-target',
  level: 'warning',
  group: 'flux',
  summary: 'a patch whose empty target means every object',
  ignorable: true,
  run: input => input.found('empty-target'),
}
