import type { Check } from './check.ts'

/** helm-controller runs the patches of postRenderers over what a chart renders. */
export const badPatch: Check = {
  code: 'bad-patch',
  level: 'error',
  group: 'helm',
  summary: 'a patch of a post-renderer that kustomize refuses',
  ignorable: true,
  run: input => input.found('bad-patch'),
}
