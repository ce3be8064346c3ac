import { ListNode, MapNode, type Made, type Node, type Scalar, stringNode } from './node.ts'

/** Steps from a node to one inside it: keys of maps, positions in lists. */
export type Path = readonly (string | number)[]

/** The node at a path; undefined where there is none. */
export function getIn(node: Node | undefined, path: Path): Node | undefined {
  let at = node
  for (const step of path) {
    if (at?.kind === 'map') at = at.get(String(step))
    else if (at?.kind === 'list' && typeof step === 'number') at = at.items[step]
    else return undefined
  }
  return at
}

/** The scalar at a path; undefined where there is none or something else. */
export function scalarIn(node: Node | undefined, path: Path): Scalar | undefined {
  const found = getIn(node, path)
  return found?.kind === 'scalar' ? found : undefined
}

/**
 * A copy with the value at a path replaced. Maps on the way that are missing are made where `value`
 * stands; undefined where the path runs into a scalar or past the end of a list (the end appends).
 */
export function setIn(node: Node | undefined, path: Path, value: Node): Node | undefined {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (node?.kind === 'list') {
    if (typeof step !== 'number' || step < 0 || step > node.items.length) return undefined
    const item = setIn(node.items[step], rest, value)
    return item && withItem(node, step, item)
  }
  if (node !== undefined && node.kind !== 'map') return undefined
  const key = String(step)
  const inner = setIn(node?.get(key), rest, value)
  if (inner === undefined) return undefined
  const map = node ?? new MapNode([], [], value)
  return map.with(map.key(key) ?? stringNode(key, value), inner)
}

/** A copy without what is at a path; the node itself where nothing is. */
export function removeIn(node: Node, path: Path): Node {
  const [step, ...rest] = path
  if (step === undefined) return node
  if (rest.length === 0) {
    if (node.kind === 'map') return node.without(String(step))
    return node.kind === 'list' && typeof step === 'number' ? withoutItem(node, step) : node
  }
  const inner = getIn(node, [step])
  if (inner === undefined) return node
  const changed = removeIn(inner, rest)
  return changed === inner ? node : (setIn(node, [step], changed) ?? node)
}

/** A copy with one item replaced, or appended where `index` is the length. */
export function withItem(list: ListNode, index: number, item: Node): ListNode {
  if (list.items[index] === item) return list
  const items = index === list.items.length ? [...list.items, item] : list.items.with(index, item)
  return withItems(list, items)
}

export function withoutItem(list: ListNode, index: number): ListNode {
  return index in list.items ? withItems(list, list.items.toSpliced(index, 1)) : list
}

/** A list in the place of another with other items. */
export function withItems(list: ListNode, items: readonly Node[], made = list.made): ListNode {
  return new ListNode(items, list, list.flow, made)
}

/** A map in the place of another whose values `change` gave back; the map itself where none changed. */
export function mapValues(
  map: MapNode,
  change: (value: Node, key: Scalar) => Node,
  made: Made | undefined = map.made,
): MapNode {
  let changed = false
  const values: Node[] = []
  for (const [i, key] of map.keys.entries()) {
    const value = map.values[i]
    if (value === undefined) continue
    const next = change(value, key)
    if (next !== value) changed = true
    values.push(next)
  }
  return changed ? new MapNode(map.keys, values, map, map.flow, made) : map
}

/** A list in the place of another whose items `change` gave back; the list itself where none changed. */
export function mapItems(list: ListNode, change: (item: Node) => Node): ListNode {
  const items = list.items.map(change)
  return items.every((item, i) => item === list.items[i]) ? list : withItems(list, items)
}
