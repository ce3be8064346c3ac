import type { Check } from './check.ts'

/** A scope that names what the commit does not touch; found where the messages that will land are judged. */
export const misleadingScope: Check = {
  code: 'misleading-scope',
  level: 'warning',
  group: 'commits',
  summary: 'a scope that names what the commit does not touch',
  ignorable: false,
  run: input => input.found('misleading-scope'),
}
