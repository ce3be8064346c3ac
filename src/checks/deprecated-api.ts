import type { Check } from './check.ts'

/** The API server still serves this kind and answers with a warning. */
export const deprecatedApi: Check = {
  code: 'deprecated-api',
  level: 'warning',
  group: 'schema',
  summary: 'an API that is on its way out',
  ignorable: true,
  run: input => input.found('deprecated-api'),
}
