import type { Check } from './check.ts'

/** References of the notification and image controllers. */
export const danglingReference: Check = {
  code: 'dangling-reference',
  level: 'error',
  group: 'flux',
  summary: 'an Alert, Receiver or image object that refers to nothing',
  ignorable: true,
  run: input => input.found('dangling-reference'),
}
