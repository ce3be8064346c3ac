import type { Check } from './check.ts'

/** A message that shows something else than it holds; found where the messages that will land are judged. */
export const controlCharacter: Check = {
  code: 'control-character',
  level: 'error',
  group: 'commits',
  summary: 'a message that shows something else than it holds',
  ignorable: false,
  run: input => input.found('control-character'),
}
