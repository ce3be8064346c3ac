import type { KubeObject } from '../kube/object.ts'
import { ListNode, MapNode, type Node, Scalar } from '../yaml/node.ts'

/** Marks the leaves that hold a variable which nobody here knows: nothing can be said of their values. */
export function withGuesses(object: KubeObject, unknown: ReadonlySet<string>): KubeObject {
  if (unknown.size === 0) return object
  const root = guess(object.root, unknown)
  return root.kind === 'map' && root !== object.root ? { ...object, root } : object
}

function guess(node: Node, unknown: ReadonlySet<string>): Node {
  if (node.kind === 'scalar') return guessed(node, unknown)
  if (node.kind === 'list') {
    const items = node.items.map(item => guess(item, unknown))
    const changed = items.some((item, i) => item !== node.items[i])
    return changed ? new ListNode(items, node, node.flow, node.made) : node
  }
  const keys = node.keys.map(key => guessed(key, unknown))
  const values = node.values.map(value => guess(value, unknown))
  const changed =
    keys.some((key, i) => key !== node.keys[i]) ||
    values.some((value, i) => value !== node.values[i])
  return changed ? new MapNode(keys, values, node, node.flow, node.made) : node
}

function guessed(leaf: Scalar, unknown: ReadonlySet<string>): Scalar {
  if (leaf.made?.by === 'unknown-variable' || !leaf.text.includes('${')) return leaf
  const names = [...leaf.text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name)
  if (!names.some(name => unknown.has(name))) return leaf
  const made = { ...leaf.made, by: 'unknown-variable', from: leaf.made?.from ?? leaf }
  return new Scalar(leaf.text, leaf.style, leaf.tag, leaf.reader, leaf, made)
}
