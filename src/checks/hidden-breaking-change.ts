import type { Check } from './check.ts'

/** A breaking change that no tool will see; found where the messages that will land are judged. */
export const hiddenBreakingChange: Check = {
  code: 'hidden-breaking-change',
  level: 'error',
  group: 'commits',
  summary: 'a breaking change that no tool will see',
  ignorable: false,
  run: input => input.found('hidden-breaking-change'),
}
