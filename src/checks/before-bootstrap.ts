import type { Check } from './check.ts'

/** An empty gotk-components.yaml. */
export const beforeBootstrap: Check = {
  code: 'before-bootstrap',
  level: 'note',
  group: 'flux',
  summary: 'a cluster that is not bootstrapped yet',
  ignorable: true,
  run: input => input.found('before-bootstrap'),
}
