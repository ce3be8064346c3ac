import type { Check } from './check.ts'

/** A prefix without a description; found where the messages that will land are judged. */
export const emptyDescription: Check = {
  code: 'empty-description',
  level: 'error',
  group: 'commits',
  summary: 'a prefix without a description',
  ignorable: false,
  run: input => input.found('empty-description'),
}
