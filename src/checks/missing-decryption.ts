import type { Check } from './check.ts'

/** SOPS data without `spec.decryption`. */
export const missingDecryption: Check = {
  code: 'missing-decryption',
  level: 'error',
  group: 'flux',
  summary: 'encrypted objects under a Kustomization that does not decrypt',
  ignorable: true,
  run: input => input.found('missing-decryption'),
}
