import type { Check } from './check.ts'

/** Cycles are never detected by Flux: all of their members wait. */
export const dependencyCycle: Check = {
  code: 'dependency-cycle',
  level: 'error',
  group: 'flux',
  summary: '`dependsOn` that leads back to its start',
  ignorable: true,
  run: input => input.found('dependency-cycle'),
}
