import type { Check } from './check.ts'

/** Generation of a kustomization.yaml takes every YAML file. */
export const notAManifest: Check = {
  code: 'not-a-manifest',
  level: 'error',
  group: 'flux',
  summary: 'a YAML file that Flux sweeps in and that is no manifest',
  ignorable: true,
  run: input => input.found('not-a-manifest'),
}
