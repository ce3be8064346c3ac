import type { Check } from './check.ts'

/** `dependsOn` entries of Kustomizations and HelmReleases. */
export const missingDependency: Check = {
  code: 'missing-dependency',
  level: 'error',
  group: 'flux',
  summary: 'a `dependsOn` that exists nowhere',
  ignorable: true,
  run: input => input.found('missing-dependency'),
}
