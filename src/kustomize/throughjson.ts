import { isTagless } from '../kube/cell.ts'
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
  Scalar,
  stringNode,
  type Style,
} from '../yaml/node.ts'
import { resolveScalar } from '../yaml/resolve.ts'
import { settle, writtenStyle } from '../yaml/settle.ts'
import { type Json, scalarValue, typeOf } from '../yaml/value.ts'

/**
 * How a tree goes through JSON: `patch` is the trip that kustomize makes around a JSON 6902 patch
 * (printed as YAML, read, written anew by go-yaml v3), `item` what an item of a list makes (its values
 * as JSON, which is then read as YAML: in flow style, texts in double quotes).
 */
export type Trip = 'patch' | 'item'

/**
 * A tree after a trip through JSON: numbers are doubles (in items they stay exact), dates are texts,
 * and every text has the style in which it is written anew. Nodes that the trip does not change stay
 * as they are.
 */
export function throughJson(node: Node, trip: Trip = 'patch', inFlow = false): Node {
  if (node.kind === 'scalar') return scalarThroughJson(node, trip, inFlow)
  const flow = trip === 'item'
  const within = inFlow || node.flow
  if (node.kind === 'list') {
    const items = node.items.map(item => throughJson(item, trip, within))
    if (node.flow === flow && items.every((item, at) => item === node.items[at])) return node
    return new ListNode(items, node, flow, node.made)
  }
  const keys = node.keys.map(keyThroughJson)
  const values = node.values.map(value => throughJson(value, trip, within))
  if (node.flow === flow && isSame(keys, node.keys) && isSame(values, node.values)) return node
  return new MapNode(keys, values, node, flow, node.made)
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

function scalarThroughJson(node: Scalar, trip: Trip, inFlow: boolean): Scalar {
  const resolved = trip === 'patch' ? settle(node, inFlow) : resolveScalar(node)
  if (resolved.problem !== undefined) throw new Refusal(`yaml: ${resolved.problem}`, node)
  const { value } = resolved
  if (typeof value === 'string') {
    const style = trip === 'patch' ? writtenStyle(value) : 'double'
    return styled(unshared(node), value, style)
  }
  if (typeof value === 'number' || typeof value === 'bigint') return number(node, value, trip)
  return plain(node, JSON.stringify(value))
}

function styled(node: Scalar, text: string, style: Style): Scalar {
  const { reader, tag } = node
  if (node.text === text && node.style === style && tag === undefined && reader === 'v3')
    return node
  // Another style is no change that anybody sees.
  const made = node.text === text ? node.made : madeOf(node)
  return new Scalar(text, style, undefined, 'v3', node, made)
}

function plain(node: Scalar, text: string): Scalar {
  const isSame =
    node.text === text && node.style === 'plain' && node.tag === undefined && !isTagless(node)
  return isSame ? node : plainNode(text, node, madeOf(node))
}

function number(node: Scalar, value: number | bigint, trip: Trip): Scalar {
  if (!Number.isFinite(Number(value)))
    throw new Refusal('json: unsupported value: not a finite number', node)
  return plain(node, trip === 'item' ? String(value) : formatFloat(Number(value)))
}

/** Where nothing else says why the text is another one, the trip is why; what it reads has a tag. */
function madeOf(node: Scalar): Made {
  return node.made && !isTagless(node) ? node.made : { by: 'json', from: node }
}

/** An operation whose value made the trip: keys of maps are texts. */
export function asJson(operation: Operation): Operation {
  return operation.value === undefined
    ? operation
    : { ...operation, value: throughJson(operation.value) }
}
