import { dig, isObj, items, type Obj, text } from './json.ts'

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
    return keys.flatMap(key => {
      const item = find(live, key)
      const inner = fields[key]
      return item === undefined ? [] : [isObj(inner) ? pick(item, inner) : item]
    })
  const made: Record<string, unknown> = {}
  for (const key of keys) {
    const inner = fields[key]
    const name = key.slice(2)
    const value = dig(live, name)
    if (key.startsWith('f:') && value !== undefined)
      made[name] = isObj(inner) ? pick(value, inner) : value
  }
  return made
}

function find(list: readonly unknown[], key: string): unknown {
  const wanted: unknown = key.startsWith('i:') ? Number(key.slice(2)) : JSON.parse(key.slice(2))
  if (key.startsWith('v:')) return list.find(one => one === wanted)
  if (key.startsWith('i:')) return typeof wanted === 'number' ? list[wanted] : undefined
  return list.find(
    one =>
      isObj(wanted) && Object.entries(wanted).every(([name, value]) => dig(one, name) === value),
  )
}
