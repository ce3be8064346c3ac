import type { Check } from './check.ts'

/** An encrypted value that SOPS did not write; no comment silences it. */
export const malformedCiphertext: Check = {
  code: 'malformed-ciphertext',
  level: 'error',
  group: 'secrets',
  summary: 'an encrypted value that SOPS did not write',
  ignorable: false,
  run: input => input.found('malformed-ciphertext'),
}
