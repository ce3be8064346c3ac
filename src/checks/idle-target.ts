import type { Check } from './check.ts'

/** Targets of patches, replacements and label fields; an error where a name is given. */
export const idleTarget: Check = {
  code: 'idle-target',
  level: 'warning',
  group: 'kustomize',
  summary: 'a patch, replacement or label target that selects nothing',
  ignorable: true,
  run: input => input.found('idle-target'),
}
