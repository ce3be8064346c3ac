import { describe, expect, it } from 'vitest'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { originsOf } from '../../src/kustomize/origins.ts'
import { diskTree } from '../../src/tree/disk.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import type { Tree } from '../../src/tree/tree.ts'
import { type Node, Scalar } from '../../src/yaml/node.ts'
import { cases, expectedOf, rootOf } from './cases.ts'
import { explains } from './explain.ts'

const options = { loadRestrictor: 'LoadRestrictionsNone', reorder: undefined } as const

function build(tree: Tree, directory: string) {
  return createBuilder(tree, options).build(directory)
}

/** The same value, said to stand a few characters further on: no test that passes it can be right. */
function elsewhere(leaf: Scalar): Scalar {
  const { source, text, style, tag, reader, made } = leaf
  const start = Math.min(leaf.start + 2, source.text.length)
  const end = Math.min(leaf.end + 2, source.text.length)
  return new Scalar(text, style, tag, reader, { source, start, end }, made)
}

function* leavesOf(node: Node): Iterable<Scalar> {
  if (node.kind === 'scalar') yield node
  else for (const child of node.kind === 'map' ? node.values : node.items) yield* leavesOf(child)
}

describe('where values come from', () => {
  it('explains every leaf of every recorded case', () => {
    const unexplained: string[] = []
    let leaves = 0
    const moved = { all: 0, explained: 0 }
    for (const one of cases()) {
      if (expectedOf(one) === undefined) continue
      const tree = diskTree(one.directory)
      const directory = rootOf(one).slice(one.directory.length + 1)
      const roots = build(tree, directory).objects.map(object => object.root)
      for (const root of roots)
        for (const leaf of leavesOf(root)) {
          leaves++
          const around = { tree, directory, root, roots }
          if (!explains(leaf, around))
            unexplained.push(`${one.name}: ${leaf.source.path}:${leaf.start} ${leaf.text}`)
          if (leaf.made === undefined || leaf.text.length < 3 || leaves % 5 > 0) continue
          moved.all++
          if (explains(elsewhere(leaf), around)) moved.explained++
        }
    }
    expect(leaves).toBeGreaterThan(18_000)
    expect(unexplained).toEqual([])
    expect(moved.all).toBeGreaterThan(700)
    expect(moved.explained / moved.all).toBeLessThan(0.05)
  })

  it('prints each line with its place', () => {
    const tree = memoryTree({
      'base/kustomization.yaml': 'resources:\n- pod.yaml\n',
      'base/pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: main\n    image: nginx:1\n',
      'over/kustomization.yaml':
        'resources:\n- ../base\nnamespace: here\nimages:\n- name: nginx\n  newTag: "2"\n',
    })
    const [object] = build(tree, 'over').objects
    const lines = object ? originsOf(object.root) : []
    const table = lines.map(({ text, at, by }) => [
      text.trim(),
      at && `${at.source.path}:${at.source.position(at.start).line}`,
      by,
    ])
    expect(table).toEqual([
      ['apiVersion: v1', 'base/pod.yaml:1', undefined],
      ['kind: Pod', 'base/pod.yaml:2', undefined],
      ['metadata:', 'base/pod.yaml:3', undefined],
      ['name: web', 'base/pod.yaml:4', undefined],
      ['namespace: here', 'over/kustomization.yaml:3', 'namespace'],
      ['spec:', 'base/pod.yaml:5', undefined],
      ['containers:', 'base/pod.yaml:6', undefined],
      ['- image: nginx:2', 'over/kustomization.yaml:6', 'image'],
      ['name: main', 'base/pod.yaml:7', undefined],
    ])
  })

  it('finds the lines of blocks and files', () => {
    const tree = memoryTree({
      'kustomization.yaml':
        'resources: [a.yaml]\nconfigMapGenerator:\n- name: g\n  files: [f.txt]\n',
      'f.txt': 'one\ntwo\n',
      'a.yaml': 'kind: Thing\nmetadata: {name: a}\nspec: |\n  uno\n  dos\n',
    })
    const lines = build(tree, '').objects.flatMap(({ root }) => originsOf(root))
    const places = ['one', 'two', 'uno', 'dos'].map(word => {
      const at = lines.find(({ text }) => text.trim() === word)?.at
      return at && `${at.source.path}:${at.source.position(at.start).line}`
    })
    expect(places).toEqual(['f.txt:1', 'f.txt:2', 'a.yaml:4', 'a.yaml:5'])
  })

  it('masks secrets', () => {
    const tree = memoryTree({
      'kustomization.yaml': 'secretGenerator:\n- name: s\n  literals:\n  - word=open sesame\n',
    })
    const [object] = build(tree, '').objects
    const text = (object ? originsOf(object.root) : []).map(line => line.text).join('\n')
    expect(text).toContain('word: <masked>')
    expect(text).not.toContain(Buffer.from('open sesame').toString('base64'))
  })
})
