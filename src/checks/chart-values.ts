import type { Check } from './check.ts'

/** Values against `values.schema.json`, where the chart is at hand. */
export const chartValues: Check = {
  code: 'chart-values',
  level: 'error',
  group: 'helm',
  summary: 'values that the schema of the chart refuses',
  ignorable: true,
  run: input => input.found('chart-values'),
}
