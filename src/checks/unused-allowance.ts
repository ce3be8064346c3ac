import type { Check } from './check.ts'

/** An allowance of a leak that allows nothing or has ended; no comment silences it. */
export const unusedAllowance: Check = {
  code: 'unused-allowance',
  level: 'warning',
  group: 'secrets',
  summary: 'an allowance of a leak that allows nothing or has ended',
  ignorable: false,
  run: input => input.found('unused-allowance'),
}
