import type { Check } from './check.ts'

/** A first line that is not `type(scope): description`; found where the messages that will land are judged. */
export const malformedHeader: Check = {
  code: 'malformed-header',
  level: 'error',
  group: 'commits',
  summary: 'a first line that is not `type(scope): description`',
  ignorable: false,
  run: input => input.found('malformed-header'),
}
