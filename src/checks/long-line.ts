import type { Check } from './check.ts'

/** A line of the body that is too long; found where the messages that will land are judged. */
export const longLine: Check = {
  code: 'long-line',
  level: 'warning',
  group: 'commits',
  summary: 'a line of the body that is too long',
  ignorable: false,
  run: input => input.found('long-line'),
}
