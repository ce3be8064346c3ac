import type { Check } from './check.ts'

/** A URL that carries a password or a token; no comment silences it. */
export const credentialInUrl: Check = {
  code: 'credential-in-url',
  level: 'error',
  group: 'secrets',
  summary: 'a URL that carries a password or a token',
  ignorable: false,
  run: input => input.found('credential-in-url'),
}
