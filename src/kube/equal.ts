import type { Node, Scalar } from '../yaml/node.ts'
import { valueOf } from '../yaml/value.ts'
import { isNull } from './cell.ts'

/**
 * Whether a value equals the one a `test` operation names: maps and lists by their parts, scalars by
 * their JSON text, so that `1` and `1.0` differ (evanphx/json-patch lazyNode.equal).
 */
export function isEqual(node: Node, wanted: Node, isJson: boolean): boolean {
  if (isNull(node) || isNull(wanted)) return isNull(node) && isNull(wanted)
  if (node.kind === 'scalar')
    return wanted.kind === 'scalar' && jsonText(node) === spelling(wanted, isJson)
  if (node.kind === 'map')
    return (
      wanted.kind === 'map' &&
      node.size === wanted.size &&
      node.keys.every((key, at) => {
        const mine = node.values[at]
        const other = wanted.get(key.text)
        return mine !== undefined && other !== undefined && isEqual(mine, other, isJson)
      })
    )
  if (wanted.kind !== 'list' || wanted.items.length !== node.items.length) return false
  return node.items.every((item, at) => {
    const other = wanted.items[at]
    return other !== undefined && isEqual(item, other, isJson)
  })
}

function spelling(node: Scalar, isJson: boolean): string {
  const written = isJson ? node.source.text.slice(node.start, node.end) : ''
  return /^(?:-?\d[\d.eE+-]*|".*")$/s.test(written) ? written : jsonText(node)
}

/** As Go's encoding/json writes it: `<`, `>`, `&` and the two line separators escaped. */
function jsonText(node: Scalar): string {
  const value = valueOf(node)
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value)
  return text.replace(/[<>&\u2028\u2029]/g, one => {
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
