import type { Check } from './check.ts'

/** Labels of a Receiver beside a name. */
export const idleLabels: Check = {
  code: 'idle-labels',
  level: 'warning',
  group: 'flux',
  summary: 'labels of a Receiver that choose nothing',
  ignorable: true,
  run: input => input.found('idle-labels'),
}
