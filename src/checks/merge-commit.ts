import type { Check } from './check.ts'

/** A merge commit where none is wanted; found where the messages that will land are judged. */
export const mergeCommit: Check = {
  code: 'merge-commit',
  level: 'error',
  group: 'commits',
  summary: 'a merge commit where none is wanted',
  ignorable: false,
  run: input => input.found('merge-commit'),
}
