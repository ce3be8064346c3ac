import type { Check } from './check.ts'

/** An encrypted value that nothing decrypts; no comment silences it. */
export const strayCiphertext: Check = {
  code: 'stray-ciphertext',
  level: 'error',
  group: 'secrets',
  summary: 'an encrypted value that nothing decrypts',
  ignorable: false,
  run: input => input.found('stray-ciphertext'),
}
