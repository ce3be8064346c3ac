import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { originsOf } from '../../src/kustomize/origins.ts'
import { diskTree } from '../../src/tree/disk.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { parentPath, type Tree } from '../../src/tree/tree.ts'
import type { Node, Scalar } from '../../src/yaml/node.ts'
import { typeOf } from '../../src/yaml/value.ts'
import { cases, expectedOf, optionsOf, rootOf } from './cases.ts'

const options = { loadRestrictor: 'LoadRestrictionsNone', reorder: undefined } as const

function build(tree: Tree, directory: string) {
  return createBuilder(tree, options).build(directory)
}

function* leavesOf(node: Node): Iterable<Scalar> {
  if (node.kind === 'scalar') yield node
  else for (const child of node.kind === 'map' ? node.values : node.items) yield* leavesOf(child)
}

/** Whether the text of the place holds the value, word by word where it is folded or escaped. */
function explains(leaf: Scalar): boolean {
  const written = leaf.source.text.slice(leaf.start, leaf.end)
  if (typeOf(leaf) === 'null' && leaf.text === '') return true
  if (written.includes(leaf.text)) return true
  const words = leaf.text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  return words.every(word => written.includes(word)) || written.includes('\\')
}

function isFlow(written: string): boolean {
  return /[{[]/.test(written)
}

describe('where values come from', () => {
  it('knows for every leaf of every recorded case', () => {
    const unexplained: string[] = []
    let leaves = 0
    for (const one of cases()) {
      if (expectedOf(one) === undefined || optionsOf(one).length > 0) continue
      const tree = diskTree(one.directory)
      const { objects } = build(tree, rootOf(one).slice(one.directory.length + 1))
      for (const { root } of objects)
        for (const leaf of leavesOf(root)) {
          leaves++
          const isPlaced = leaf.source.path !== '' && leaf.end <= leaf.source.text.length
          if (!isPlaced || (leaf.made === undefined && !explains(leaf)))
            unexplained.push(`${one.name}: ${leaf.source.path}:${leaf.start} ${leaf.text}`)
        }
    }
    expect(leaves).toBeGreaterThan(2000)
    expect(unexplained).toEqual([])
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

  it('leads from every line of this repository to its file', () => {
    const tree = diskTree(join(import.meta.dirname, '../..'))
    const folders = tree
      .entries()
      .filter(entry => /^(?:apps|clusters)\/.*\/kustomization\.ya?ml$/.test(entry.path))
      .map(entry => parentPath(entry.path))
    expect(folders.length).toBeGreaterThan(3)
    for (const folder of folders)
      for (const { root } of build(tree, folder).objects)
        for (const { text, at, by } of originsOf(root)) {
          expect(at, text).toBeDefined()
          if (at === undefined || by !== undefined || text.includes('<masked>')) continue
          const written = at.source.line(at.source.position(at.start).line)
          const words = text.split(/[^\w]+/).filter(Boolean)
          const key = words[0] ?? ''
          expect(words.length === 0 || written.includes(key) || isFlow(written), text).toBe(true)
        }
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
