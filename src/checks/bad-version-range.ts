import type { Check } from './check.ts'

/** The constraint grammar of Masterminds/semver 3. */
export const badVersionRange: Check = {
  code: 'bad-version-range',
  level: 'error',
  group: 'helm',
  summary: 'a chart version that is no version and no range',
  ignorable: true,
  run: input => input.found('bad-version-range'),
}
