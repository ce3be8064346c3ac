import type { Check } from './check.ts'

/** Strict substitution: a variable without a value and without a default. */
export const undefinedVariable: Check = {
  code: 'undefined-variable',
  level: 'error',
  group: 'flux',
  summary: 'a `${variable}` that nothing defines',
  ignorable: true,
  run: input => input.found('undefined-variable'),
}
