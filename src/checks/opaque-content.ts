import type { Check } from './check.ts'

/** A file that cannot be looked into; no comment silences it. */
export const opaqueContent: Check = {
  code: 'opaque-content',
  level: 'warning',
  group: 'secrets',
  summary: 'a file that cannot be looked into',
  ignorable: false,
  run: input => input.found('opaque-content'),
}
