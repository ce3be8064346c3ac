import type { Check } from './check.ts'

/** Metadata of SOPS that is wrong, incomplete or forged; no comment silences it. */
export const sopsMetadata: Check = {
  code: 'sops-metadata',
  level: 'error',
  group: 'secrets',
  summary: 'metadata of SOPS that is wrong, incomplete or forged',
  ignorable: false,
  run: input => input.found('sops-metadata'),
}
