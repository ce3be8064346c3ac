import type { Check } from './check.ts'

/** What kustomize refuses, in its own words. */
export const buildFailed: Check = {
  code: 'build-failed',
  level: 'error',
  group: 'kustomize',
  summary: 'a folder that kustomize refuses to build',
  ignorable: true,
  run: input => input.found('build-failed'),
}
