import type { Check } from './check.ts'

/** `oci://` needs `type: oci`, and the other way round. */
export const repositoryType: Check = {
  code: 'repository-type',
  level: 'error',
  group: 'helm',
  summary: 'a HelmRepository whose type and address disagree',
  ignorable: true,
  run: input => input.found('repository-type'),
}
