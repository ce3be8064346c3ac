import type { Check } from './check.ts'

/** A commit that calls itself unfinished; found where the messages that will land are judged. */
export const wipCommit: Check = {
  code: 'wip-commit',
  level: 'warning',
  group: 'commits',
  summary: 'a commit that calls itself unfinished',
  ignorable: false,
  run: input => input.found('wip-commit'),
}
