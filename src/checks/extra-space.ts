import type { Check } from './check.ts'

/** White space that nobody sees; found where the messages that will land are judged. */
export const extraSpace: Check = {
  code: 'extra-space',
  level: 'warning',
  group: 'commits',
  summary: 'white space that nobody sees',
  ignorable: false,
  run: input => input.found('extra-space'),
}
