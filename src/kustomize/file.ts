import type { Source } from '../text/source.ts'
import type { MapNode, Node, Scalar } from '../yaml/node.ts'

/**
 * A kustomization file as decoded: `root` holds only known fields under their canonical names, each
 * of the type that kustomize wants (api/types Kustomization); deprecated spellings are moved
 * (`bases` → `resources`, `imageTags` → `images`, `env` → `envs`). Nulls are left out.
 */
export interface KustomizationFile {
  readonly source: Source
  /** Path of the directory in the tree. */
  readonly directory: string
  /** Name of the file in it. */
  readonly name: string
  readonly kind: 'Kustomization' | 'Component'
  readonly root: MapNode
}

/** The scalar at a key; undefined where the key is absent or the text is empty. */
export function scalarAt(map: MapNode | undefined, key: string): Scalar | undefined {
  const value = map?.get(key)
  return value?.kind === 'scalar' && value.text !== '' ? value : undefined
}

/** The text at a key, empty where there is none. */
export function textAt(map: MapNode | undefined, key: string): string {
  return scalarAt(map, key)?.text ?? ''
}

/** Whether a flag is set. */
export function flagAt(map: MapNode | undefined, key: string): boolean {
  return /^(?:true|yes|on|y)$/i.test(textAt(map, key))
}

export function mapAt(map: MapNode | undefined, key: string): MapNode | undefined {
  const value = map?.get(key)
  return value?.kind === 'map' ? value : undefined
}

/** The items of a list; none where the key is absent. */
export function itemsAt(map: MapNode | undefined, key: string): readonly Node[] {
  const value = map?.get(key)
  return value?.kind === 'list' ? value.items : []
}

/** The maps in a list of maps. */
export function mapsAt(map: MapNode | undefined, key: string): readonly MapNode[] {
  return itemsAt(map, key).filter(item => item.kind === 'map')
}

/** The scalars in a list of scalars. */
export function scalarsAt(map: MapNode | undefined, key: string): readonly Scalar[] {
  return itemsAt(map, key).filter(item => item.kind === 'scalar')
}
