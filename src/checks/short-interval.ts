import type { Check } from './check.ts'

/** Intervals that keep the controllers busy. */
export const shortInterval: Check = {
  code: 'short-interval',
  level: 'warning',
  group: 'flux',
  summary: 'an interval of less than a minute',
  ignorable: true,
  run: input => input.found('short-interval'),
}
