import { type ListNode, MapNode, type Node, type Scalar, stringNode } from '../yaml/node.ts'

/** The map under a chain of keys, undefined where something else stands. */
export function mapAt(node: Node | undefined, ...path: readonly string[]): MapNode | undefined {
  const found = nodeAt(node, ...path)
  return found?.kind === 'map' ? found : undefined
}

export function nodeAt(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let at = node
  for (const key of path) at = at?.kind === 'map' ? at.get(key) : undefined
  return at
}

export function scalarAt(node: Node | undefined, ...path: readonly string[]): Scalar | undefined {
  const found = nodeAt(node, ...path)
  return found?.kind === 'scalar' ? found : undefined
}

/** The text of the scalar under a chain of keys; `''` where there is none. */
export function textAt(node: Node | undefined, ...path: readonly string[]): string {
  return scalarAt(node, ...path)?.text ?? ''
}

/** The items of the list under a chain of keys; none where there is no list. */
export function itemsAt(node: Node | undefined, ...path: readonly string[]): readonly Node[] {
  return listAt(node, ...path)?.items ?? []
}

export function listAt(node: Node | undefined, ...path: readonly string[]): ListNode | undefined {
  const found = nodeAt(node, ...path)
  return found?.kind === 'list' ? found : undefined
}

export function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && /^(true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(node.text)
}

/** The map with one value replaced or added; the key is where the value is unless it was there. */
export function setField(map: MapNode, key: string, value: Node): MapNode {
  return map.with(map.key(key) ?? stringNode(key, value), value)
}

export function emptyMap(at: Node): MapNode {
  return new MapNode([], [], at)
}
