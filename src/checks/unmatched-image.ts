import type { Check } from './check.ts'

/** Entries of `images` without an image of that name. */
export const unmatchedImage: Check = {
  code: 'unmatched-image',
  level: 'warning',
  group: 'kustomize',
  summary: 'an image entry that changes nothing',
  ignorable: true,
  run: input => input.found('unmatched-image'),
}
