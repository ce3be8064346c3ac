import type { Check } from './check.ts'

/** A commit without a message; found where the messages that will land are judged. */
export const emptyMessage: Check = {
  code: 'empty-message',
  level: 'error',
  group: 'commits',
  summary: 'a commit without a message',
  ignorable: false,
  run: input => input.found('empty-message'),
}
