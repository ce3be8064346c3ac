import type { Node } from '../yaml/node.ts'
import { type Cell, demandKind, isEmptyMap, isNull, textOf } from './cell.ts'

/**
 * Replaces, removes (`element` undefined) or appends an element, found by key and value, in place
 * (kyaml ElementSetter). Whatever it touches, null elements and empty maps drop out of the list, and
 * without values every element that is not found does.
 */
export function setElement(
  items: Cell[],
  element: Cell | undefined,
  keys: readonly string[],
  values: readonly string[],
): void {
  const names = keys.length === 0 ? [''] : keys
  const bySeveral = names[0] !== '' && values.length > 0 && values[0] !== ''
  const kept: Cell[] = []
  let found = false
  for (const item of items) {
    if (isEmptyMap(item.node)) continue
    if (item.node.kind !== 'map' && bySeveral) kept.push(item)
    else if (!isFound(item.node, names, values)) {
      if (values.length > 0) kept.push(item)
    } else {
      found = true
      if (element !== undefined) kept.push(element)
    }
  }
  if (element !== undefined && !isNull(element.node) && !found) kept.push(element)
  items.splice(0, items.length, ...kept)
}

function isFound(node: Node, keys: readonly string[], values: readonly string[]): boolean {
  let last = false
  for (const [at, key] of keys.entries()) {
    const value = values[at]
    if (value !== undefined) last = hasField(node, key, value)
    if (!last) return false
  }
  return true
}

/** kyaml FieldMatcher by text: the empty text asks for presence only. */
function hasField(node: Node, key: string, text: string): boolean {
  if (key === '') {
    demandKind(node, 'scalar')
    return textOf(node) === text
  }
  demandKind(node, 'map')
  const value = node.kind === 'map' ? node.get(key) : undefined
  return value !== undefined && (text === '' || textOf(value) === text)
}

/** The first element whose fields have exactly these texts (kyaml ElementMatcher). */
export function findElement(
  items: readonly Cell[],
  keys: readonly string[],
  values: readonly string[],
): Cell | undefined {
  if (keys[0] === undefined || keys[0] === '')
    return items.find(item => textOf(item.node) === (values[0] ?? ''))
  if (keys.length !== values.length) return undefined
  return items.find(({ node }) => {
    if (node.kind !== 'map') return false
    return keys.every((key, at) => {
      const value = node.get(key)
      return value !== undefined && textOf(value) === values[at]
    })
  })
}

/** The texts of the key fields of each element; missing, null and empty ones read as ''. */
export function keyValues(items: readonly Cell[], keys: readonly string[]): string[][] {
  return items.map(({ node }) =>
    keys.map(key => {
      const value = node.kind === 'map' ? node.get(key) : undefined
      return value === undefined || isNull(value) ? '' : textOf(value)
    }),
  )
}
