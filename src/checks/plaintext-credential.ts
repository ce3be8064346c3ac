import type { Check } from './check.ts'

/** A credential in plain text outside of Secrets; no comment silences it. */
export const plaintextCredential: Check = {
  code: 'plaintext-credential',
  level: 'error',
  group: 'secrets',
  summary: 'a credential in plain text outside of Secrets',
  ignorable: false,
  run: input => input.found('plaintext-credential'),
}
