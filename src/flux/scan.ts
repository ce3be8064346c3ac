import { idOf, type KubeObject } from '../kube/object.ts'
import type { Tree } from '../tree/tree.ts'
import type { MapNode } from '../yaml/node.ts'
import { itemsAt } from './fields.ts'
import type { Files } from './files.ts'
import { isKustomization, isSource, OPERATOR } from './kinds.ts'

/** A Flux object as it is written in a file, before anything is rendered. */
export interface Written {
  readonly path: string
  readonly object: KubeObject
}

const YAML_NAME = /\.(ya?ml|json)$/
const KINDS = 'Kustomization|GitRepository|OCIRepository|Bucket|ExternalArtifact|FluxInstance|List'
const KIND_LINE = new RegExp(`^\\s*(- )?["']?kind["']?\\s*:\\s*["']?(${KINDS})\\b`, 'm')

/** Larger files hold CustomResourceDefinitions, not Kustomizations. */
const MAX_BYTES = 1 << 20

/** Every Kustomization, source and FluxInstance that is written anywhere in the tree. */
export function scan(tree: Tree, files: Files): Written[] {
  const found: Written[] = []
  for (const { path, kind, size } of tree.entries()) {
    if (kind !== 'file' || size > MAX_BYTES || !YAML_NAME.test(path)) continue
    const text = files.text(path)
    if (text === undefined || !text.includes('fluxcd') || !KIND_LINE.test(text)) continue
    for (const object of objectsIn(files, path))
      if (isKustomization(object) || isSource(object) || isInstance(object))
        found.push({ path, object })
  }
  return found
}

export function isInstance({ id }: KubeObject): boolean {
  return id.group === OPERATOR && id.kind === 'FluxInstance'
}

/** The objects of a file as written, those in lists included. */
export function* objectsIn(files: Files, path: string): Iterable<KubeObject> {
  for (const { root } of files.parsed(path)?.documents ?? [])
    if (root?.kind === 'map') yield* objectsOf(root)
}

function* objectsOf(root: MapNode): Iterable<KubeObject> {
  const id = idOf(root)
  if (id.kind.endsWith('List')) {
    for (const item of itemsAt(root, 'items')) if (item.kind === 'map') yield* objectsOf(item)
  } else if (id.kind !== '' && id.name !== '') yield { id, root }
}
