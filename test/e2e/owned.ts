import { dig, isObj, items, type Obj, text } from './json.ts'

/** Structs that Go's types write out although nothing is set in them; the server fills in defaults. */
const HOLLOW = new Set([
  'strategy',
  'updateStrategy',
  'resources',
  'status',
  'spec',
  'securityContext',
])

/**
 * The part of a live object that a field manager owns, built from its `managedFields`
 * (structured-merge-diff: `f:NAME` is a field, `k:{…}` the item with these keys, `v:…` a value of a set).
 */
export function ownedPart(object: Obj, manager: string): Obj | undefined {
  const entry = items(object, 'metadata', 'managedFields').find(
    one =>
      text(one, 'manager') === manager &&
      text(one, 'operation') === 'Apply' &&
      text(one, 'subresource') === '',
  )
  const fields = dig(entry, 'fieldsV1')
  if (!isObj(fields)) return undefined
  const part = pick(object, fields)
  return isObj(part) ? part : undefined
}

function pick(live: unknown, fields: Obj): unknown {
  const keys = Object.keys(fields).filter(key => key !== '.')
  if (keys.length === 0) return live
  if (Array.isArray(live))
    return live.flatMap((item, i) => {
      const key = keys.find(one => isMeant(one, item, i))
      const inner = key === undefined ? undefined : fields[key]
      return inner === undefined ? [] : [isObj(inner) ? pick(item, inner) : item]
    })
  const made: Record<string, unknown> = {}
  for (const key of keys) {
    const inner = fields[key]
    const name = key.slice(2)
    const value = dig(live, name)
    if (!key.startsWith('f:') || value === undefined || !isObj(inner)) continue
    const isHollow = HOLLOW.has(name) && isObj(value) && Object.keys(inner).length === 0
    made[name] = isHollow ? {} : pick(value, inner)
  }
  return made
}

function isMeant(key: string, item: unknown, index: number): boolean {
  const wanted: unknown = JSON.parse(key.slice(2))
  if (key.startsWith('i:')) return wanted === index
  if (key.startsWith('v:')) return wanted === item
  return isObj(wanted) && Object.entries(wanted).every(([name, value]) => dig(item, name) === value)
}
