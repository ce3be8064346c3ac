import type { Check } from './check.ts'

/** `healthChecks` against what the repository applies. */
export const danglingCheck: Check = {
  code: 'dangling-check',
  level: 'error',
  group: 'flux',
  summary: 'a health check of an object that nothing makes',
  ignorable: true,
  run: input => input.found('dangling-check'),
}
