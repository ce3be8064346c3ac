import { formatFloat } from '../../kube/float.ts'
import {
  ListNode,
  MapNode,
  type Node,
  plainNode,
  type Scalar,
  stringNode,
} from '../../yaml/node.ts'
import { typeOf, valueOf } from '../../yaml/value.ts'

/**
 * A tree after the trip through JSON that kustomize makes around a JSON 6902 patch: numbers are
 * doubles, dates are texts, and what is written anew is written plainly. Nodes that the trip does
 * not change stay as they are.
 */
export function throughJson(node: Node): Node {
  if (node.kind === 'scalar') return scalarThroughJson(node)
  if (node.kind === 'list') {
    const items = node.items.map(throughJson)
    if (items.every((item, at) => item === node.items[at])) return node
    return new ListNode(items, node, node.flow, node.made)
  }
  const values = node.values.map(throughJson)
  if (values.every((value, at) => value === node.values[at])) return node
  return new MapNode(node.keys, values, node, node.flow, node.made)
}

function scalarThroughJson(node: Scalar): Scalar {
  const type = typeOf(node)
  if (type === 'string' && node.style !== 'folded') return node
  const value = valueOf(node)
  if (typeof value === 'string') return stringNode(value, node, node.made)
  if (typeof value === 'number' || typeof value === 'bigint') return number(node, Number(value))
  const text = JSON.stringify(value)
  return node.text === text && node.tag === undefined ? node : plainNode(text, node, node.made)
}

function number(node: Scalar, value: number): Scalar {
  const text = formatFloat(value)
  return node.text === text && node.tag === undefined ? node : plainNode(text, node, node.made)
}
