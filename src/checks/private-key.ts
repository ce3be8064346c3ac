import type { Check } from './check.ts'

/** A private key in PEM, OpenSSH, PGP, PuTTY or DER form; no comment silences it. */
export const privateKey: Check = {
  code: 'private-key',
  level: 'error',
  group: 'secrets',
  summary: 'a private key in PEM, OpenSSH, PGP, PuTTY or DER form',
  ignorable: false,
  run: input => input.found('private-key'),
}
