import type { Check } from './check.ts'

/** A value of a Secret in plain text; no comment silences it. */
export const plaintextSecret: Check = {
  code: 'plaintext-secret',
  level: 'error',
  group: 'secrets',
  summary: 'a value of a Secret in plain text',
  ignorable: false,
  run: input => input.found('plaintext-secret'),
}
