import type { ListNode, MapNode, Node } from '../yaml/node.ts'
import { isNull } from '../yaml/value.ts'
import { type Issue, issue, type Issues, none, under } from './issue.ts'
import { formOf } from './scalar.ts'
import type { Type } from './type.ts'
import { shown } from './words.ts'

/**
 * What typing says of a list whose items have an identity: `map` lists by key fields, `set` lists by
 * value (structured-merge-diff 6 typed/helpers.go). Applied lists may not hold an item twice.
 */
export function walkKeys(node: ListNode, type: Type): Issues {
  if (type.listType === 'map') return walkItems(node, item => mapKey(item, type), mapItemProblem)
  if (type.listType === 'set') return walkItems(node, setKey, setItemProblem)
  return none
}

function walkItems(
  node: ListNode,
  keyOf: (item: Node) => string | undefined,
  problemOf: (item: Node) => string | undefined,
): Issues {
  const seen = new Map<string, Node>()
  let found: Issue[] | undefined
  for (const [i, item] of node.items.entries()) {
    const problem = problemOf(item)
    if (problem !== undefined) {
      const text = `element ${i}: ${problem}`
      ;(found ??= []).push(...under(`[${i}]`, [issue('wrong-type', text, item)]))
      continue
    }
    const key = keyOf(item)
    if (key === undefined) continue
    if (seen.has(key)) (found ??= []).push(duplicate(key, item, i))
    else seen.set(key, item)
  }
  return found ?? none
}

function duplicate(key: string, item: Node, index: number): Issue {
  const detail = `duplicate entries for key [${key}]`
  return { code: 'duplicate-item', path: `[${index}]`, detail, at: item }
}

function mapItemProblem(item: Node): string | undefined {
  if (item.kind === 'map') return undefined
  return isNull(item)
    ? 'associative list with keys may not have a null element'
    : 'associative list with keys may not have non-map elements'
}

function setItemProblem(item: Node): string | undefined {
  if (item.kind === 'list') return 'not supported: associative list with lists as elements'
  if (item.kind === 'map') return "associative list without keys has an element that's a map type"
  return isNull(item)
    ? "associative list without keys has an element that's an explicit null"
    : undefined
}

/** `name="web"`, `containerPort=80,protocol="TCP"`; defaults of key fields count as written. */
function mapKey(item: Node, type: Type): string | undefined {
  if (item.kind !== 'map') return undefined
  const parts = type.listKeys.map(name => keyPart(item, name, type))
  return parts.every(part => part === '') ? undefined : parts.filter(part => part !== '').join(',')
}

function keyPart(item: MapNode, name: string, type: Type): string {
  const value = item.get(name)
  const fallback = type.items.memberRaw(name)['default']
  if (value !== undefined) return `${name}=${keyText(value)}`
  return fallback === undefined ? '' : `${name}=${JSON.stringify(fallback)}`
}

function setKey(item: Node): string {
  return `=${keyText(item)}`
}

function keyText(node: Node): string {
  if (node.kind !== 'scalar') return node.kind
  return formOf(node) === 'string' ? JSON.stringify(node.text) : shown(node)
}
