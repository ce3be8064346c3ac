import type { Check } from './check.ts'

/** Text right under the first line; found where the messages that will land are judged. */
export const missingBlankLine: Check = {
  code: 'missing-blank-line',
  level: 'error',
  group: 'commits',
  summary: 'text right under the first line',
  ignorable: false,
  run: input => input.found('missing-blank-line'),
}
