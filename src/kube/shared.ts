import { ListNode, MapNode, type Node, Scalar } from '../yaml/node.ts'

const makers = new Set(['label', 'annotation'])

/**
 * Whether several places of an object may hold this very node: a label that kustomize adds to an
 * object is one node in all its maps, and what later changes one of them changes all.
 */
export function isShared(node: Node | undefined): boolean {
  for (let at = node?.made; at !== undefined; at = at.from?.made) if (makers.has(at.by)) return true
  return false
}

/** The tree with a node exchanged wherever it stands. */
export function replaceShared(root: Node, old: Node, fresh: Node): Node {
  if (root === old) return fresh
  if (root.kind === 'scalar') return root
  if (root.kind === 'list') {
    const items = root.items.map(item => replaceShared(item, old, fresh))
    if (items.every((item, at) => item === root.items[at])) return root
    return new ListNode(items, root, root.flow, root.made)
  }
  const values = root.values.map(value => replaceShared(value, old, fresh))
  if (values.every((value, at) => value === root.values[at])) return root
  return new MapNode(root.keys, values, root, root.flow, root.made)
}

/** A node of the same content that stands in one place only. */
export function unshared(node: Scalar): Scalar {
  return isShared(node)
    ? new Scalar(node.text, node.style, node.tag, node.reader, node, node.made)
    : node
}
