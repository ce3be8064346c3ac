import type { Check } from './check.ts'

/** A revert that does not say what it reverts; found where the messages that will land are judged. */
export const looseRevert: Check = {
  code: 'loose-revert',
  level: 'error',
  group: 'commits',
  summary: 'a revert that does not say what it reverts',
  ignorable: false,
  run: input => input.found('loose-revert'),
}
