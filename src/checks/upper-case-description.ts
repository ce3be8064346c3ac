import type { Check } from './check.ts'

/** A description that starts like a sentence; found where the messages that will land are judged. */
export const upperCaseDescription: Check = {
  code: 'upper-case-description',
  level: 'warning',
  group: 'commits',
  summary: 'a description that starts like a sentence',
  ignorable: false,
  run: input => input.found('upper-case-description'),
}
