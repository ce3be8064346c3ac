import { ListNode, type MapNode, type Node, plainNode, stringNode } from '../yaml/node.ts'
import { isNull, exchangeNode } from './cell.ts'
import { isEqual } from './equal.ts'
import type { Operation } from './operation.ts'
import { Refusal } from './refusal.ts'

type Container = MapNode | ListNode

/**
 * Applies JSON 6902 operations as evanphx/json-patch v4 does: `replace` of a missing key succeeds,
 * a missing value is null, negative indices count from the end. Throws `Refusal` in its words.
 */
export function applyOperations(root: Node, operations: readonly Operation[]): Node {
  return operations.reduce(applyOne, root)
}

function applyOne(root: Node, operation: Operation): Node {
  switch (operation.kind) {
    case 'add':
      return add(root, operation, operation.value)
    case 'remove':
      return remove(root, pathOf(operation), operation)
    case 'replace':
      return replace(root, operation)
    case 'move': {
      const from = fromOf(operation)
      const value = read(root, from, operation)
      return add(remove(root, from, operation), operation, value)
    }
    case 'copy':
      return add(root, operation, read(root, fromOf(operation), operation))
    case 'test':
      return test(root, operation)
    default:
      throw new Refusal(`Unexpected kind: ${operation.kind}`, operation.node)
  }
}

function pathOf(operation: Operation): string {
  if (operation.path !== undefined) return operation.path
  throw new Refusal(
    `${operation.kind} operation failed to decode path: missing value`,
    operation.node,
  )
}

function fromOf(operation: Operation): string {
  if (operation.from !== undefined) return operation.from
  throw new Refusal(
    `${operation.kind} operation failed to decode from: missing value`,
    operation.node,
  )
}

function add(root: Node, operation: Operation, value: Node | undefined): Node {
  return write(root, pathOf(operation), operation, (container, key) => {
    const node = value ?? plainNode('null', operation.node, { by: 'patch' })
    if (container.kind === 'map') return setField(container, key, node)
    const at = key === '-' ? container.items.length : indexOf(key, container.items.length + 1)
    if (at === undefined || at > container.items.length) throw noIndex(operation, key)
    return withItems(container, container.items.toSpliced(at, 0, node))
  })
}

function remove(root: Node, path: string, operation: Operation): Node {
  return write(root, path, operation, (container, key) => {
    if (container.kind === 'map') {
      if (container.has(key)) return container.without(key)
      throw new Refusal(
        `error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`,
        operation.node,
      )
    }
    const at = indexOf(key, container.items.length)
    if (at === undefined || at >= container.items.length) throw noIndex(operation, key)
    return withItems(container, container.items.toSpliced(at, 1))
  })
}

function replace(root: Node, operation: Operation): Node {
  const path = pathOf(operation)
  const value = operation.value ?? plainNode('null', operation.node, { by: 'patch' })
  if (path === '') {
    if (value.kind !== 'scalar') return value
    throw new Refusal('replace operation value must be object or array', operation.node)
  }
  return write(root, path, operation, (container, key) => {
    if (container.kind === 'map') return setField(container, key, value)
    const at = indexOf(key, container.items.length)
    const old = at === undefined ? undefined : container.items[at]
    if (at !== undefined && old !== undefined)
      return withItems(container, container.items.with(at, exchangeNode(value, old)))
    throw new Refusal(
      `replace operation does not apply: doc is missing key: ${path}: missing value`,
      operation.node,
    )
  })
}

function test(root: Node, operation: Operation): Node {
  const path = pathOf(operation)
  const node = path === '' ? root : read(root, path, operation)
  const wanted = operation.value
  const isNothing = (one: Node | undefined) => one === undefined || isNull(one)
  const holds = isNothing(node)
    ? isNothing(wanted)
    : node !== undefined && wanted !== undefined && isEqual(node, wanted, operation.isJson)
  if (holds) return root
  throw new Refusal(`testing value ${path} failed: test failed`, operation.node)
}

/** The value at a path; undefined for a key that is not there. */
function read(root: Node, path: string, operation: Operation): Node | undefined {
  const parts = path.split('/').slice(1).map(decodeKey)
  const key = parts.pop()
  const container = parts.reduce<Node | undefined>((node, part) => child(node, part), root)
  if (key === undefined || !isContainer(container)) throw noPath(operation, path)
  if (container.kind === 'map') return container.get(key)
  const at = indexOf(key, container.items.length)
  if (at === undefined || at >= container.items.length) throw noIndex(operation, key)
  return container.items[at]
}

type Change = (container: Container, key: string) => Node

function write(root: Node, path: string, operation: Operation, change: Change): Node {
  const parts = path.split('/').slice(1).map(decodeKey)
  if (parts.length === 0) throw noPath(operation, path)
  return descend(root, parts, 0, change) ?? fail(noPath(operation, path))
}

function descend(
  node: Node | undefined,
  parts: readonly string[],
  at: number,
  change: Change,
): Node | undefined {
  const part = parts[at]
  if (part === undefined || !isContainer(node)) return undefined
  if (at === parts.length - 1) return change(node, part)
  const next = descend(child(node, part), parts, at + 1, change)
  if (next === undefined) return undefined
  if (node.kind === 'map') return node.with(stringNode(part, next), next)
  return withItems(node, node.items.with(indexOf(part, node.items.length) ?? 0, next))
}

function child(node: Node | undefined, part: string): Node | undefined {
  if (node?.kind === 'map') return node.get(part)
  if (node?.kind !== 'list') return undefined
  const at = indexOf(part, node.items.length)
  return at === undefined ? undefined : node.items[at]
}

function isContainer(node: Node | undefined): node is Container {
  return node !== undefined && node.kind !== 'scalar'
}

/** Go's Atoi with negative indices counted from `length`; undefined where there is no such place. */
function indexOf(text: string, length: number): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const index = Number(text)
  if (!Number.isSafeInteger(index) || index < -length) return undefined
  return index < 0 ? index + length : index
}

function setField(map: MapNode, key: string, value: Node): MapNode {
  return map.with(stringNode(key, value), exchangeNode(value, map.get(key)))
}

function withItems(list: ListNode, items: readonly Node[]): ListNode {
  return new ListNode(items, list, list.flow, list.made)
}

/** `~1` is `/`, `~0` is `~`, in one pass. */
function decodeKey(part: string): string {
  return part.replace(/~[01]/g, code => (code === '~1' ? '/' : '~'))
}

function noPath({ kind, node }: Operation, path: string): Refusal {
  const words = `${kind} operation does not apply: doc is missing path: "${path}": missing value`
  return new Refusal(words, node)
}

function noIndex({ kind, node, path }: Operation, key: string): Refusal {
  const words = `error in ${kind} for path: '${path}': Unable to access invalid index: ${key}`
  return new Refusal(`${words}: invalid index referenced`, node)
}

function fail(refusal: Refusal): never {
  throw refusal
}
