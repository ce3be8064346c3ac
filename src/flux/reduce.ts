import { ListNode, MapNode, type Node } from '../yaml/node.ts'

/** The part of a tree that matters, and the way back. */
export interface Reduced<T extends Node = Node> {
  readonly node: T
  /** The whole tree with this part changed; undefined where its shape changed as well. */
  readonly restore: (now: Node) => Node | undefined
}

/** The entries and items of a tree that lead to something that `matters`, with all that is above them. */
export function reduce(node: MapNode, matters: (node: Node) => boolean): Reduced<MapNode> {
  const kept = node.values.flatMap((value, i) => (matters(value) ? [i] : []))
  const parts = kept.map(i => reduceAny(node.values[i] ?? node, matters))
  const keys = kept.map(i => node.keys[i] ?? node.keys[0]).filter(key => key !== undefined)
  const values = parts.map(part => part.node)
  return {
    node: new MapNode(keys, values, node, node.flow, node.made),
    restore: now => {
      if (now.kind !== 'map' || now.size !== kept.length) return undefined
      const whole = put(node.values, kept, parts, now.values)
      return whole && new MapNode(node.keys, whole, node, node.flow, node.made)
    },
  }
}

function reduceAny(node: Node, matters: (node: Node) => boolean): Reduced {
  if (node.kind === 'map') return reduce(node, matters)
  if (node.kind === 'scalar') return { node, restore: now => now }
  const kept = node.items.flatMap((item, i) => (matters(item) ? [i] : []))
  const parts = kept.map(i => reduceAny(node.items[i] ?? node, matters))
  const items = parts.map(part => part.node)
  return {
    node: new ListNode(items, node, node.flow, node.made),
    restore: now => {
      if (now.kind !== 'list' || now.items.length !== kept.length) return undefined
      const whole = put(node.items, kept, parts, now.items)
      return whole && new ListNode(whole, node, node.flow, node.made)
    },
  }
}

function put(
  all: readonly Node[],
  kept: readonly number[],
  parts: readonly Reduced[],
  changed: readonly Node[],
): readonly Node[] | undefined {
  const whole = [...all]
  for (const [n, i] of kept.entries()) {
    const [part, now] = [parts[n], changed[n]]
    const back = part && now && (now === part.node ? all[i] : part.restore(now))
    if (back === undefined) return undefined
    whole[i] = back
  }
  return whole
}
