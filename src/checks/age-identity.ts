import type { Check } from './check.ts'

/** The private key of an age recipient; no comment silences it. */
export const ageIdentity: Check = {
  code: 'age-identity',
  level: 'error',
  group: 'secrets',
  summary: 'the private key of an age recipient',
  ignorable: false,
  run: input => input.found('age-identity'),
}
