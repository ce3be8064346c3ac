import { ListNode, type Node, stringNode } from '../yaml/node.ts'
import { type Cell, demandKind, isEmptyMap, textOf } from './cell.ts'
import { findElement, keyValues, setElement } from './elements.ts'
import { isEqual } from './equal.ts'

/** Merges two elements; either may be missing. */
export type MergeElement = (dest: Cell | undefined, origin: Cell | undefined) => Cell | undefined

/**
 * Merges two lists by key as kyaml walk does with MergeOptions Prepend, its losses included: the
 * patch's elements first, then the target's. `origin === dest` where the patch brings a new list.
 */
export function mergeByKey(
  dest: readonly Cell[],
  origin: readonly Cell[] | undefined,
  keys: readonly string[],
  merge: MergeElement,
  lost: (item: Node, kept: Node | undefined) => void,
): Cell[] {
  const became = new Map<Cell, Cell | undefined>()
  const follow: MergeElement = (a, b) => {
    const merged = merge(a, b)
    for (const cell of [a, b]) if (cell) became.set(cell, merged)
    return merged
  }
  const brought = [...(origin === dest ? [] : (origin ?? []))]
  const merged = mergeAll(dest, origin, keys, follow)
  const kept = new Set(merged)
  for (const cell of [...dest, ...brought]) {
    const now = became.has(cell) ? became.get(cell) : cell
    if (now === undefined || isEmptyMap(now.node) || kept.has(now)) continue
    if (!merged.some(one => isEqual(one.node, now.node, false)))
      lost(cell.node, keptFor(cell, merged, keys))
  }
  return merged
}

/** The element that is left where another one with the same first key went. */
function keptFor(cell: Cell, merged: readonly Cell[], keys: readonly string[]): Node | undefined {
  const [values] = keyValues([cell], keys.slice(0, 1))
  const first = values?.[0] ?? ''
  return merged.find(one => keyValues([one], keys.slice(0, 1))[0]?.[0] === first)?.node
}

function mergeAll(
  dest: readonly Cell[],
  origin: readonly Cell[] | undefined,
  keys: readonly string[],
  merge: MergeElement,
): Cell[] {
  const rest = [...dest]
  const patch = origin === dest ? rest : origin
  const names = keys.length > 0 ? keys : ['']
  const wanted = wantedValues([patch ?? [], rest], keys)
  if (wanted.length === 0) return rest
  const list = names.length > 1 ? joinPartial(wanted) : wanted
  const valid = validKeys(list, names)
  const added: Cell[] = []
  for (const values of list) {
    const texts = values.filter((text, at) => text !== '' || valid.includes(names[at] ?? ''))
    const merged = mergeOne(rest, patch, valid, texts, merge)
    if (merged === undefined || isEmptyMap(merged.node)) {
      setElement(rest, undefined, valid, texts)
      continue
    }
    for (const [at, key] of valid.entries()) addKey(merged, key, texts[at] ?? '')
    setElement(added, merged, valid, texts)
  }
  appendAll(added, rest, valid)
  return added
}

function mergeOne(
  dest: readonly Cell[],
  origin: readonly Cell[] | undefined,
  keys: readonly string[],
  texts: readonly string[],
  merge: MergeElement,
): Cell | undefined {
  const valid = validKeys([texts], keys)
  const values = texts.filter((text, at) => text !== '' || valid.includes(keys[at] ?? ''))
  const find = (cells: readonly Cell[] | undefined) => cells && findElement(cells, valid, values)
  return merge(find(dest), find(origin))
}

/** The distinct keys of both lists, the patch's first. */
function wantedValues(lists: readonly (readonly Cell[])[], keys: readonly string[]): string[][] {
  const seen = new Set<string>()
  const wanted: string[][] = []
  for (const cells of lists) {
    const rows = keys.length > 0 ? keyValues(cells, keys) : cells.map(cell => [textOf(cell.node)])
    for (const row of rows) {
      const id = row.join('\0')
      if (seen.has(id)) continue
      seen.add(id)
      wanted.push(row)
    }
  }
  return wanted
}

/** Takes two rows for the same element where each field is equal or missing in one of them. */
function joinPartial(rows: string[][]): string[][] {
  const list = [...rows]
  for (let i = 0; i < list.length; i++) {
    // A row that is replaced on the way counts for the rows behind it, not for this turn.
    const row = list[i] ?? []
    for (let j = 0; j < list.length; j++) {
      const joined = join(row, list[j] ?? [])
      if (joined === undefined) continue
      list[i] = joined
      list[j] = joined
    }
  }
  return list
}

function join(a: readonly string[], b: readonly string[]): string[] | undefined {
  let common = false
  const joined: string[] = []
  for (const [at, text] of a.entries()) {
    const other = b[at] ?? ''
    if (text === other) common = true
    else if (text !== '' && other !== '') return undefined
    joined.push(text === '' ? other : text)
  }
  return common ? joined : undefined
}

/** The keys that some element has; all where none has any. */
function validKeys(
  rows: readonly (readonly string[])[],
  keys: readonly string[],
): readonly string[] {
  const valid = keys.filter((_, at) => rows.some(row => (row[at] ?? '') !== ''))
  return valid.length === 0 ? keys : valid
}

function addKey(cell: Cell, key: string, text: string): void {
  const { node } = cell
  if (text === '' || key === '' || (node.kind === 'map' && node.has(key))) return
  demandKind(node, 'map')
  if (node.kind === 'map') cell.node = node.with(stringNode(key, node), stringNode(text, node))
}

function appendAll(added: Cell[], rest: readonly Cell[], keys: readonly string[]): void {
  for (const cell of rest) {
    if (keys[0] === '') {
      setElement(added, cell, [''], [textOf(cell.node)])
      continue
    }
    const values: string[] = []
    for (const key of keys) {
      demandKind(cell.node, 'map')
      const value = cell.node.kind === 'map' ? cell.node.get(key) : undefined
      if (value === undefined) added.push(cell)
      else values.push(textOf(value))
    }
    // With several keys the element moves to the end: kyaml removes it before it sets it.
    if (keys.length > 1) setElement(added, undefined, keys, values)
    setElement(added, cell, keys, values)
  }
}

/** A list of cells as a node in the place of another. */
export function listOf(cells: readonly Cell[], at: ListNode): ListNode {
  if (cells.length === at.items.length && cells.every((cell, i) => cell.node === at.items[i]))
    return at
  return new ListNode(
    cells.map(cell => cell.node),
    at,
    at.flow,
    at.made,
  )
}
