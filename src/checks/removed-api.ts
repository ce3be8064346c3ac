import type { Check } from './check.ts'

/** This API version existed and does not any more. */
export const removedApi: Check = {
  code: 'removed-api',
  level: 'error',
  group: 'schema',
  summary: 'an API version that is no longer served',
  ignorable: true,
  run: input => input.found('removed-api'),
}
