import type { Check } from './check.ts'

/** Helm stores a release by namespace and name. */
export const duplicateRelease: Check = {
  code: 'duplicate-release',
  level: 'error',
  group: 'helm',
  summary: 'two HelmReleases with one release name',
  ignorable: true,
  run: input => input.found('duplicate-release'),
}
