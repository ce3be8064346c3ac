import type { Check } from './check.ts'

/** `spec.components` takes folders of the artifact only. */
export const remoteComponent: Check = {
  code: 'remote-component',
  level: 'error',
  group: 'flux',
  summary: 'a component that Flux refuses because it is not local',
  ignorable: true,
  run: input => input.found('remote-component'),
}
