import type { Check } from './check.ts'

/** A first line that is too long; found where the messages that will land are judged. */
export const longHeader: Check = {
  code: 'long-header',
  level: 'error',
  group: 'commits',
  summary: 'a first line that is too long',
  ignorable: false,
  run: input => input.found('long-header'),
}
