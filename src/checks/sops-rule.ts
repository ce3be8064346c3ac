import type { Check } from './check.ts'

/** A creation rule that does not do what it says, or a file that it does not fit; no comment silences it. */
export const sopsRule: Check = {
  code: 'sops-rule',
  level: 'error',
  group: 'secrets',
  summary: 'a creation rule that does not do what it says, or a file that it does not fit',
  ignorable: false,
  run: input => input.found('sops-rule'),
}
