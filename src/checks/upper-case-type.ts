import type { Check } from './check.ts'

/** A type in capitals; found where the messages that will land are judged. */
export const upperCaseType: Check = {
  code: 'upper-case-type',
  level: 'error',
  group: 'commits',
  summary: 'a type in capitals',
  ignorable: false,
  run: input => input.found('upper-case-type'),
}
