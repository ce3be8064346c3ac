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

/**
 * What is written over such nodes: one after the other, each write seen at all places of the node, so
 * that the last one counts everywhere.
 */
export class SharedWrites {
  /** What was written over a node, and for what was written: the node that it was written over. */
  #last: Map<Node, Node> | undefined
  #first: Map<Node, Node> | undefined

  /** What stands where this node stood. */
  now(node: Node): Node {
    return this.#last?.get(this.#first?.get(node) ?? node) ?? node
  }

  write(old: Node, fresh: Node): void {
    if (old === fresh || !isShared(old)) return
    this.#last ??= new Map()
    this.#first ??= new Map()
    const first = this.#first.get(old) ?? old
    this.#last.set(first, fresh)
    this.#first.set(fresh, first)
  }

  /** The tree with every write at all places. */
  apply(root: Node): Node {
    return this.#last === undefined ? root : this.#exchange(root)
  }

  #exchange(root: Node): Node {
    const now = this.now(root)
    if (now !== root || root.kind === 'scalar') return now
    const children = root.kind === 'map' ? root.values : root.items
    const changed = children.map(child => this.#exchange(child))
    if (changed.every((child, at) => child === children[at])) return root
    return root.kind === 'map'
      ? new MapNode(root.keys, changed, root, root.flow, root.made)
      : new ListNode(changed, root, root.flow, root.made)
  }
}

/** A node of the same content that stands in one place only. */
export function unshared(node: Scalar): Scalar {
  return isShared(node)
    ? new Scalar(node.text, node.style, node.tag, node.reader, node, node.made)
    : node
}
