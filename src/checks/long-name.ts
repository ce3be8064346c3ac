import type { Check } from './check.ts'

/** Names of Kustomizations and HelmReleases of more than 63 characters. */
export const longName: Check = {
  code: 'long-name',
  level: 'error',
  group: 'flux',
  summary: 'a name that does not fit into a label',
  ignorable: true,
  run: input => input.found('long-name'),
}
