import type { Check } from './check.ts'

/** Resources that are fetched from the network on every build. */
export const remoteBase: Check = {
  code: 'remote-base',
  level: 'note',
  group: 'kustomize',
  summary: 'a base that lies outside of this repository',
  ignorable: true,
  run: input => input.found('remote-base'),
}
