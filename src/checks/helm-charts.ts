import type { Check } from './check.ts'

/** `helmCharts` needs a flag that Flux does not set. */
export const helmCharts: Check = {
  code: 'helm-charts',
  level: 'error',
  group: 'kustomize',
  summary: 'charts that Flux does not let kustomize inflate',
  ignorable: true,
  run: input => input.found('helm-charts'),
}
