import type { Check } from './check.ts'

/** Plain text in a file that SOPS encrypts; no comment silences it. */
export const unencryptedLeaf: Check = {
  code: 'unencrypted-leaf',
  level: 'error',
  group: 'secrets',
  summary: 'plain text in a file that SOPS encrypts',
  ignorable: false,
  run: input => input.found('unencrypted-leaf'),
}
