import type { Check } from './check.ts'

/** Files that kustomize reads before, or without, decryption. */
export const undecryptedSource: Check = {
  code: 'undecrypted-source',
  level: 'error',
  group: 'flux',
  summary: 'an encrypted file that the build reads as ciphertext',
  ignorable: true,
  run: input => input.found('undecrypted-source'),
}
