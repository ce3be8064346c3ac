import type { Check } from './check.ts'

/** Charts in folders of the repository, and in the indexes of `--charts`. */
export const missingChart: Check = {
  code: 'missing-chart',
  level: 'error',
  group: 'helm',
  summary: 'a chart that its source does not have',
  ignorable: true,
  run: input => input.found('missing-chart'),
}
