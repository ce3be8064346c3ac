import type { MapNode, Node } from './node.ts'
import { keyText, scalarValue, typeOf } from './value.ts'

/** Whether two nodes mean the same data, whatever their style, order of keys and place. */
export function equal(a: Node, b: Node): boolean {
  if (a === b) return true
  if (a.kind === 'scalar')
    return (
      b.kind === 'scalar' && typeOf(a) === typeOf(b) && Object.is(scalarValue(a), scalarValue(b))
    )
  if (a.kind === 'list') {
    if (b.kind !== 'list' || a.items.length !== b.items.length) return false
    return a.items.every((item, i) => {
      const other = b.items[i]
      return other !== undefined && equal(item, other)
    })
  }
  return b.kind === 'map' && equalMaps(a, b)
}

function equalMaps(a: MapNode, b: MapNode): boolean {
  const left = entriesOf(a)
  const right = entriesOf(b)
  if (left.size !== right.size) return false
  for (const [key, value] of left) {
    const other = right.get(key)
    if (other === undefined || !equal(value, other)) return false
  }
  return true
}

function entriesOf(map: MapNode): Map<string, Node> {
  const entries = new Map<string, Node>()
  for (const [i, key] of map.keys.entries()) {
    const value = map.values[i]
    if (value) entries.set(keyText(key), value)
  }
  return entries
}
