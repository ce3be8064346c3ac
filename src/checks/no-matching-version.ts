import type { Check } from './check.ts'

/** Versions and ranges against the index of a HelmRepository. */
export const noMatchingVersion: Check = {
  code: 'no-matching-version',
  level: 'error',
  group: 'helm',
  summary: 'a chart version that the repository does not have',
  ignorable: true,
  run: input => input.found('no-matching-version'),
}
