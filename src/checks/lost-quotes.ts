import type { Check } from './check.ts'

/** Strings that substitution turns into something else. */
export const lostQuotes: Check = {
  code: 'lost-quotes',
  level: 'warning',
  group: 'flux',
  summary: 'a quoted variable that becomes a number or boolean',
  ignorable: true,
  run: input => input.found('lost-quotes'),
}
