import type { Check } from './check.ts'

/** A scope that the project does not have; found where the messages that will land are judged. */
export const unknownScope: Check = {
  code: 'unknown-scope',
  level: 'error',
  group: 'commits',
  summary: 'a scope that the project does not have',
  ignorable: false,
  run: input => input.found('unknown-scope'),
}
