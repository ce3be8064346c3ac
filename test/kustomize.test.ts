import { describe, expect, it } from 'vitest'
import { createBuilder } from '../src/kustomize/builder.ts'
import { diskTree } from '../src/tree/disk.ts'
import { print } from '../src/yaml/print.ts'
import { type Case, cases, expectedOf, optionsOf, rootOf } from './kustomize/cases.ts'

/** What our build of a case prints; undefined where it refuses. */
function build(one: Case): string | undefined {
  const tree = diskTree(one.directory)
  const loadRestrictor = optionsOf(one).includes('LoadRestrictionsNone')
    ? 'LoadRestrictionsNone'
    : 'LoadRestrictionsRootOnly'
  const root = rootOf(one).slice(one.directory.length + 1)
  const built = createBuilder(tree, { loadRestrictor, reorder: undefined }).build(root)
  if (built.error !== undefined) return undefined
  return built.objects.map(object => print(object.root)).join('---\n')
}

describe('what the real kustomize answered', () => {
  for (const one of cases())
    it(one.name, () => {
      expect(build(one)).toBe(expectedOf(one))
    })
})
