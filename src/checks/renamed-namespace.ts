import type { Check } from './check.ts'

/** kustomize renames Namespaces to the namespace of the build. */
export const renamedNamespace: Check = {
  code: 'renamed-namespace',
  level: 'warning',
  group: 'flux',
  summary: 'a Namespace that targetNamespace gives another name',
  ignorable: true,
  run: input => input.found('renamed-namespace'),
}
