import type { Check } from './check.ts'

/** Targets of patches and replacements; an error where a name is given. */
export const idleTarget: Check = {
  code: 'idle-target',
  level: 'warning',
  group: 'kustomize',
  summary: 'a patch or replacement target that selects nothing',
  ignorable: true,
  run: input => input.found('idle-target'),
}
