import type { Check } from './check.ts'

/** Objects of kustomize.config.k8s.io in what a build gives. */
export const droppedObject: Check = {
  code: 'dropped-object',
  level: 'error',
  group: 'flux',
  summary: 'an object that Flux drops without a word',
  ignorable: true,
  run: input => input.found('dropped-object'),
}
