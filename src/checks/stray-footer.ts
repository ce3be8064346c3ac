import type { Check } from './check.ts'

/** A line that looks like a footer and is none; found where the messages that will land are judged. */
export const strayFooter: Check = {
  code: 'stray-footer',
  level: 'warning',
  group: 'commits',
  summary: 'a line that looks like a footer and is none',
  ignorable: false,
  run: input => input.found('stray-footer'),
}
