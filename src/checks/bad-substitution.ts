import type { Check } from './check.ts'

/** Texts that envsubst refuses, and results that are no YAML. */
export const badSubstitution: Check = {
  code: 'bad-substitution',
  level: 'error',
  group: 'flux',
  summary: 'a `${…}` that Flux cannot read',
  ignorable: true,
  run: input => input.found('bad-substitution'),
}
