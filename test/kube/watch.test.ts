import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergePatch } from '../../src/kube/merge.ts'
import { builtinMergeType } from '../../src/kube/mergekeys.ts'
import { Source } from '../../src/text/source.ts'
import type { MapNode, Node } from '../../src/yaml/node.ts'
import { nodeOf } from '../../src/yaml/make.ts'
import { valueOf } from '../../src/yaml/value.ts'

interface Port {
  readonly port: number
  readonly protocol?: string
}

const ports = array(
  record(
    { port: integer({ min: 1, max: 3 }), protocol: constantFrom('TCP', 'UDP') },
    { requiredKeys: ['port'] },
  ),
  { minLength: 1, maxLength: 4 },
)

/** A Service whose ports each carry a mark of their own. */
function service(list: readonly Port[], mark: string): MapNode {
  const marked = list.map((port, at) => ({ ...port, [`${mark}${at}`]: mark }))
  const root = nodeOf(
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: marked } },
    new Source('', '').span(0),
  )
  if (root.kind !== 'map') throw new Error('no map')
  return root
}

function marksIn(node: Node | undefined): string[] {
  const text = JSON.stringify(node && valueOf(node))
  return [...text.matchAll(/"((?:base|patch)\d)":/g)].map(([, mark = '']) => mark).sort()
}

describe('what a merge loses', () => {
  it('is reported, and nothing else is', () => {
    assert(
      property(ports, ports, (before, brought) => {
        const lost: string[] = []
        const merged = mergePatch(
          service(brought, 'patch'),
          service(before, 'base'),
          builtinMergeType,
          { lost: item => lost.push(...marksIn(item)), replaced: () => {} },
        )
        const all = [...before.map((_, at) => `base${at}`), ...brought.map((_, at) => `patch${at}`)]
        const left = marksIn(merged)
        expect(all.filter(mark => !left.includes(mark)).sort()).toEqual([...new Set(lost)].sort())
      }),
      { seed: 7, numRuns: 2000 },
    )
  })
})
