import { ListNode } from '../yaml/node.ts'
import { type Cell, textOf } from './cell.ts'
import { setElement } from './elements.ts'
import { Refusal } from './refusal.ts'

export type Directive = 'merge' | 'replace' | 'delete'

const KEY = '$patch'

/**
 * Reads `$patch` off a map, or off a one-key element of a list, and takes it out of the cell
 * (kyaml merge2 determineSmpDirective). Undefined: no directive that is known.
 */
export function takeDirective(cell: Cell | undefined): Directive | undefined {
  if (cell === undefined) return 'merge'
  if (cell.node.kind === 'map') return takeFromMap(cell)
  return cell.node.kind === 'list' ? takeFromList(cell) : undefined
}

/** As `takeDirective`, but an unknown directive is refused. */
export function demandDirective(cell: Cell | undefined): Directive {
  const directive = takeDirective(cell)
  if (directive !== undefined) return directive
  throw new Refusal(`unknown patch strategy '${cell && nameOf(cell)}'`, cell?.node)
}

function takeFromMap(cell: Cell): Directive | undefined {
  if (cell.node.kind !== 'map') return undefined
  const value = cell.node.get(KEY)
  if (value === undefined) return 'merge'
  const directive = known(textOf(value))
  if (directive !== undefined) cell.node = cell.node.without(KEY)
  return directive
}

function takeFromList(cell: Cell): Directive | undefined {
  if (cell.node.kind !== 'list') return undefined
  const list = cell.node
  const element = list.items.find(item => item.kind === 'map' && item.has(KEY))
  if (element?.kind !== 'map' || element.size > 1) return 'merge'
  const name = nameOf(cell)
  const directive = known(name)
  if (directive !== undefined) {
    const items = list.items.map(node => ({ node }))
    setElement(items, undefined, [KEY], [name])
    cell.node = new ListNode(
      items.map(item => item.node),
      list,
      list.flow,
      list.made,
    )
  }
  return directive
}

function nameOf(cell: Cell): string {
  const { node } = cell
  const holder = node.kind === 'list' ? node.items.find(i => i.kind === 'map' && i.has(KEY)) : node
  const value = holder?.kind === 'map' ? holder.get(KEY) : undefined
  return value === undefined ? '' : textOf(value)
}

function known(text: string): Directive | undefined {
  return text === 'merge' || text === 'replace' || text === 'delete' ? text : undefined
}
