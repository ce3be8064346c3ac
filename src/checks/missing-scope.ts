import type { Check } from './check.ts'

/** No scope where the project wants one; found where the messages that will land are judged. */
export const missingScope: Check = {
  code: 'missing-scope',
  level: 'error',
  group: 'commits',
  summary: 'no scope where the project wants one',
  ignorable: false,
  run: input => input.found('missing-scope'),
}
