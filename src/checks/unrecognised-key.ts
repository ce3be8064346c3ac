import type { Check } from './check.ts'

/** Names of keys decide what Flux does with them. */
export const unrecognisedKey: Check = {
  code: 'unrecognised-key',
  level: 'error',
  group: 'flux',
  summary: 'a decryption Secret without a key that Flux takes for one',
  ignorable: true,
  run: input => input.found('unrecognised-key'),
}
