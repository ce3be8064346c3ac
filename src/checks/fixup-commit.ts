import type { Check } from './check.ts'

/** A commit that should have been melted into another; found where the messages that will land are judged. */
export const fixupCommit: Check = {
  code: 'fixup-commit',
  level: 'error',
  group: 'commits',
  summary: 'a commit that should have been melted into another',
  ignorable: false,
  run: input => input.found('fixup-commit'),
}
