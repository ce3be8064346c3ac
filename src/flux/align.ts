import { ListNode, type Made, MapNode, type Node, Scalar } from '../yaml/node.ts'

/** Whether an expression in a node takes a value that is secret. */
export type IsSecret = (node: Node) => boolean

/**
 * Lays a text that was read again over the nodes it was printed from. `before` is the printed text as
 * read, `after` the same text substituted: what is equal in both keeps its node of `old`.
 */
export function align(old: Node, before: Node, after: Node, isSecret: IsSecret): Node {
  if (before.kind === 'scalar' && after.kind === 'scalar')
    return isSame(before, after) ? old : relocate(after, old, isSecret)
  if (old.kind === 'map' && before.kind === 'map' && after.kind === 'map')
    return alignMap(old, before, after, isSecret)
  if (old.kind === 'list' && before.kind === 'list' && after.kind === 'list')
    return alignList(old, before, after, isSecret)
  return relocate(after, old, isSecret)
}

function isSame(a: Scalar, b: Scalar): boolean {
  return a.text === b.text && a.style === b.style && a.tag === b.tag
}

function alignMap(old: MapNode, before: MapNode, after: MapNode, isSecret: IsSecret): Node {
  if (before.size !== after.size) return relocate(after, old, isSecret)
  const keys: Scalar[] = []
  const values: Node[] = []
  let changed = false
  for (const [i, key] of old.keys.entries()) {
    const at = before.indexOf(key.text)
    const newKey = after.keys[at]
    const oldValue = old.values[i]
    const printed = before.values[at]
    const newValue = after.values[at]
    if (!newKey || !oldValue || !printed || !newValue) return relocate(after, old, isSecret)
    const value = align(oldValue, printed, newValue, isSecret)
    const sameKey = newKey.text === key.text
    keys.push(sameKey ? key : madeScalar(newKey, key, isSecret(key)))
    values.push(value)
    changed ||= !sameKey || value !== oldValue
  }
  return changed ? new MapNode(keys, values, old, old.flow, old.made) : old
}

function alignList(old: ListNode, before: ListNode, after: ListNode, isSecret: IsSecret): Node {
  if (before.items.length !== after.items.length || before.items.length !== old.items.length)
    return relocate(after, old, isSecret)
  const items = old.items.map((item, i) => {
    const printed = before.items[i]
    const now = after.items[i]
    return printed && now ? align(item, printed, now, isSecret) : item
  })
  const changed = items.some((item, i) => item !== old.items[i])
  return changed ? new ListNode(items, old, old.flow, old.made) : old
}

/** A tree of the substituted text, with the place that it came from. */
function relocate(node: Node, at: Node, isSecret: IsSecret): Node {
  const secret = isSecret(at)
  return copy(node, at, secret)
}

function copy(node: Node, at: Node, secret: boolean): Node {
  const made = madeBy('substitution', at, secret)
  if (node.kind === 'scalar') return madeScalar(node, at, secret)
  if (node.kind === 'list')
    return new ListNode(
      node.items.map(item => copy(item, at, secret)),
      at,
      node.flow,
      made,
    )
  const keys = node.keys.map(key => madeScalar(key, at, secret))
  const values = node.values.map(value => copy(value, at, secret))
  return new MapNode(keys, values, at, node.flow, made)
}

function madeScalar(node: Scalar, at: Node, secret: boolean): Scalar {
  // What is still an expression comes from a source of variables that is not known.
  const by = /\$\{\w+\}/.test(node.text) ? 'unknown-variable' : 'substitution'
  return new Scalar(node.text, node.style, node.tag, node.reader, at, madeBy(by, at, secret))
}

function madeBy(by: string, from: Node, secret: boolean): Made {
  return secret ? { by, from, secret } : { by, from }
}
