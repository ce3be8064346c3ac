import type { Check } from './check.ts'

/** A Kustomization that applies a folder of another repository. */
export const externalSource: Check = {
  code: 'external-source',
  level: 'note',
  group: 'flux',
  summary: 'a source whose content is not in this repository',
  ignorable: true,
  run: input => input.found('external-source'),
}
