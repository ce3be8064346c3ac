import type { Build, CreateBuilder } from '../../src/kustomize/build.ts'
import { idOf, type KubeObject } from '../../src/kube/object.ts'
import { Source } from '../../src/text/source.ts'
import { joinPath, type Tree } from '../../src/tree/tree.ts'
import { decode } from '../../src/yaml/decode.ts'
import type { MapNode } from '../../src/yaml/node.ts'
import { parse } from '../../src/yaml/parse.ts'

/** Stands in for kustomize where only the reading of resources matters. */
export const createBuilder: CreateBuilder = tree => ({
  build: (directory, override) => {
    const files = new Set<string>()
    const objects = [...load(tree, directory, files, override?.file)]
    return { directory, objects, error: undefined, findings: [], files } satisfies Build
  },
})

function* load(tree: Tree, dir: string, files: Set<string>, file?: MapNode): Iterable<KubeObject> {
  const name = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
    .map(one => joinPath(dir, one) ?? '')
    .find(path => tree.entry(path))
  if (name) files.add(name)
  const root = file ?? (name ? read(tree, name)[0] : undefined)
  const list = root?.get('resources')
  for (const item of list?.kind === 'list' ? list.items : []) {
    const path = item.kind === 'scalar' ? (joinPath(dir, item.text) ?? '') : ''
    if (tree.entry(path)?.kind === 'directory') yield* load(tree, path, files)
    else if (tree.entry(path)) {
      files.add(path)
      for (const one of read(tree, path)) yield { id: idOf(one), root: one }
    }
  }
}

function read(tree: Tree, path: string): MapNode[] {
  const text = decode(tree.read(path))
  return parse(new Source(path, typeof text === 'string' ? text : ''), 'v3').documents.flatMap(
    ({ root }) => (root?.kind === 'map' ? [root] : []),
  )
}
