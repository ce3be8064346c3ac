import type { Check } from './check.ts'

/** A `!` that is not the one before the colon; found where the messages that will land are judged. */
export const misplacedBang: Check = {
  code: 'misplaced-bang',
  level: 'error',
  group: 'commits',
  summary: 'a `!` that is not the one before the colon',
  ignorable: false,
  run: input => input.found('misplaced-bang'),
}
