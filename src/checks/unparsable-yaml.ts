import type { Check } from './check.ts'

/** A file that kustomize or Flux would read and that no YAML reader accepts. */
export const unparsableYaml: Check = {
  code: 'unparsable-yaml',
  level: 'error',
  group: 'yaml',
  summary: 'a YAML file that the reader refuses',
  ignorable: true,
  run: input => input.found('unparsable-yaml'),
}
