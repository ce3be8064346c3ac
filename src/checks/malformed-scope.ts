import type { Check } from './check.ts'

/** A scope that is empty, not closed, nested or set apart; found where the messages that will land are judged. */
export const malformedScope: Check = {
  code: 'malformed-scope',
  level: 'error',
  group: 'commits',
  summary: 'a scope that is empty, not closed, nested or set apart',
  ignorable: false,
  run: input => input.found('malformed-scope'),
}
