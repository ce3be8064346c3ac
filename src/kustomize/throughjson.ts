import { formatFloat } from '../kube/float.ts'
import type { Operation } from '../kube/operation.ts'
import { Refusal } from '../kube/refusal.ts'
import { unshared } from '../kube/shared.ts'
import {
  ListNode,
  type Made,
  MapNode,
  type Node,
  plainNode,
  type Scalar,
  stringNode,
} from '../yaml/node.ts'
import { type Json, type Numbers, scalarValue, typeOf, valueOf } from '../yaml/value.ts'

/**
 * A tree after the trip through JSON that kustomize makes around a JSON 6902 patch: numbers are
 * doubles (or stay exact: items of lists), dates are texts, and what is written anew is written plainly. Nodes that the trip does
 * not change stay as they are.
 */
export function throughJson(node: Node, numbers: Numbers = 'float64'): Node {
  if (node.kind === 'scalar') return scalarThroughJson(node, numbers)
  if (node.kind === 'list') {
    const items = node.items.map(item => throughJson(item, numbers))
    if (items.every((item, at) => item === node.items[at])) return node
    return new ListNode(items, node, node.flow, node.made)
  }
  const keys = node.keys.map(keyThroughJson)
  const values = node.values.map(value => throughJson(value, numbers))
  if (isSame(keys, node.keys) && isSame(values, node.values)) return node
  return new MapNode(keys, values, node, node.flow, node.made)
}

function isSame(a: readonly Node[], b: readonly Node[]): boolean {
  return a.every((node, at) => node === b[at])
}

/** The keys of a patch become texts; a resource cannot have other ones. */
function keyThroughJson(key: Scalar): Scalar {
  if (typeOf(key) === 'string') return key
  if (key.reader === 'v2') return stringNode(jsonKey(scalarValue(key)), key, key.made)
  throw new Refusal('json: unsupported type: map[interface {}]interface {}', key)
}

function jsonKey(value: Json): string {
  return typeof value === 'object' ? 'null' : value.toString()
}

function scalarThroughJson(node: Scalar, numbers: Numbers): Scalar {
  const type = typeOf(node)
  if (type === 'string' && node.style !== 'folded') return unshared(node)
  const value = valueOf(node)
  if (typeof value === 'string') return stringNode(value, node, madeOf(node))
  if (typeof value === 'number' || typeof value === 'bigint') return number(node, value, numbers)
  const text = JSON.stringify(value)
  return node.text === text && node.tag === undefined ? node : plainNode(text, node, madeOf(node))
}

function number(node: Scalar, value: number | bigint, numbers: Numbers): Scalar {
  if (!Number.isFinite(Number(value)))
    throw new Refusal('json: unsupported value: not a finite number', node)
  const text = numbers === 'exact' ? String(value) : formatFloat(Number(value))
  return node.text === text && node.tag === undefined ? node : plainNode(text, node, madeOf(node))
}

/** Where nothing else says why the text is another one, the trip is why. */
function madeOf(node: Scalar): Made {
  return node.made ?? { by: 'json', from: node }
}

/** An operation whose value made the trip: keys of maps are texts. */
export function asJson(operation: Operation): Operation {
  return operation.value === undefined
    ? operation
    : { ...operation, value: throughJson(operation.value) }
}
