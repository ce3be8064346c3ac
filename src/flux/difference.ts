import type { Span } from '../text/source.ts'
import type { ListNode, MapNode, Node } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { textAt } from './fields.ts'
import { showValue } from './show.ts'

/** A value on one side of a comparison, as people may see it, and where it is written. */
export interface Side {
  readonly text: string
  readonly at: Span
}

/** A field that differs; a side is undefined where the field is not there. */
export interface FieldChange {
  /** As the API server spells it. */
  readonly field: string
  readonly before: Side | undefined
  readonly after: Side | undefined
}

/** More fields of one object than these are not listed. */
const MAX_FIELDS = 200

/** The fields in which two trees differ, deepest first named; items of lists are paired by name where each has its own. */
export function differences(before: Node, after: Node): readonly FieldChange[] {
  const found: FieldChange[] = []
  compare(before, after, { field: '', names: [] }, found)
  return found
}

/** Where a comparison is: the field, and the names on the way that may say that a value is secret. */
export interface Place {
  readonly field: string
  readonly names: readonly string[]
}

function compare(before: Node, after: Node, place: Place, found: FieldChange[]): void {
  if (before === after || found.length >= MAX_FIELDS) return
  if (before.kind === 'map' && after.kind === 'map') compareMaps(before, after, place, found)
  else if (before.kind === 'list' && after.kind === 'list')
    compareLists(before, after, place, found)
  else if (!isSame(before, after)) add(before, after, place, found)
}

function add(
  before: Node | undefined,
  after: Node | undefined,
  place: Place,
  found: FieldChange[],
): void {
  if (found.length >= MAX_FIELDS) return
  found.push({
    field: place.field,
    before: before && { text: showValue(before, place, after), at: before },
    after: after && { text: showValue(after, place, before), at: after },
  })
}

function compareMaps(before: MapNode, after: MapNode, place: Place, found: FieldChange[]): void {
  const label = textAt(after, 'name')
  const inside = (key: string): Place => ({
    field: place.field === '' ? key : `${place.field}${spell(key)}`,
    names: [...place.names.slice(-3), key === 'value' && label !== '' ? label : key],
  })
  for (const [i, key] of after.keys.entries()) {
    const value = after.values[i]
    const old = before.get(key.text)
    if (value === undefined) continue
    if (old) compare(old, value, inside(key.text), found)
    else add(undefined, value, inside(key.text), found)
  }
  for (const [i, key] of before.keys.entries())
    if (!after.has(key.text)) add(before.values[i], undefined, inside(key.text), found)
}

function spell(key: string): string {
  return /^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${key}]`
}

function compareLists(before: ListNode, after: ListNode, place: Place, found: FieldChange[]): void {
  const isNamed = areNamed(before) && areNamed(after)
  const old = new Map(before.items.map((item, i) => [isNamed ? textAt(item, 'name') : i, item]))
  for (const [i, item] of after.items.entries()) {
    const key = isNamed ? textAt(item, 'name') : i
    const twin = old.get(key)
    old.delete(key)
    const at = { field: `${place.field}[${i}]`, names: place.names }
    if (twin) compare(twin, item, at, found)
    else add(undefined, item, at, found)
  }
  for (const item of old.values()) {
    const at = { field: `${place.field}[${before.items.indexOf(item)}]`, names: place.names }
    add(item, undefined, at, found)
  }
}

/** Whether every item has a name of its own: `name: '*'` of event sources tells none from the others. */
function areNamed({ items }: ListNode): boolean {
  const names = new Set(items.map(item => textAt(item, 'name')))
  return names.size === items.length && !names.has('')
}

/** Whether two leaves mean the same; a leaf is never the same as a map or a list. */
function isSame(a: Node, b: Node): boolean {
  if (a.kind !== 'scalar' || b.kind !== 'scalar') return false
  return a.text === b.text && typeOf(a) === typeOf(b)
}
