import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readExactly, readOrdinary } from '../src/secrets/documents.ts'
import { findLeaks } from '../src/secrets/tree.ts'
import { Source } from '../src/text/source.ts'
import { workTree } from '../src/tree/disk.ts'
import { memoryTree } from '../src/tree/memory.ts'
import type { Node } from '../src/yaml/node.ts'

const root = join(import.meta.dirname, '..')

function plain(node: Node): unknown {
  const { start, end } = node
  if (node.kind === 'scalar') return [node.text, node.style, node.tag, start, end]
  if (node.kind === 'list') return { items: node.items.map(plain), start, end }
  return { keys: node.keys.map(plain), values: node.values.map(plain), start, end }
}

it('reads every YAML file of this repository as the exact reader does', () => {
  let quick = 0
  for (const { path, kind } of workTree(root).entries()) {
    if (kind !== 'file' || !/\.ya?ml$/.test(path)) continue
    const source = new Source(path, readFileSync(join(root, path), 'utf8'))
    const [here, there] = [readOrdinary(source), readExactly(source)]
    if (here === undefined) continue
    quick++
    const shown = [here, there].map(({ documents, unreadable }) => ({
      documents: documents.map(one => ({ root: plain(one.root), comments: one.comments })),
      unreadable: unreadable.length,
    }))
    expect(shown[0], path).toEqual(shown[1])
  }
  expect(quick).toBeGreaterThan(2000)
})

it('reads settings with a name that SOPS does not write', () => {
  const settings = 'sops_age__list_0x=1\nPASSWORD=hunter22\n'
  const found = [...findLeaks(memoryTree({ '.env': settings }))]
  expect(found.map(one => one.field)).toContain('PASSWORD')
})
