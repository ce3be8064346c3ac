import type { Check } from './check.ts'

/** No space behind the colon; found where the messages that will land are judged. */
export const missingSpace: Check = {
  code: 'missing-space',
  level: 'error',
  group: 'commits',
  summary: 'no space behind the colon',
  ignorable: false,
  run: input => input.found('missing-space'),
}
