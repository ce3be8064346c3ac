import type { Check } from './check.ts'

/** A type that the project does not use; found where the messages that will land are judged. */
export const unknownType: Check = {
  code: 'unknown-type',
  level: 'error',
  group: 'commits',
  summary: 'a type that the project does not use',
  ignorable: false,
  run: input => input.found('unknown-type'),
}
