import type { Check } from './check.ts'

/** A `sourceRef` or `chartRef` whose object exists nowhere. */
export const danglingSource: Check = {
  code: 'dangling-source',
  level: 'error',
  group: 'flux',
  summary: 'a source that exists nowhere',
  ignorable: true,
  run: input => input.found('dangling-source'),
}
