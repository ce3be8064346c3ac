import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import { keyFor } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { Skipped } from './model.ts'
import { isServedStill } from './removed.ts'
import { type Addition, additions, minorOf } from './versions.ts'

/** Fields and values that the chosen Flux does not have yet: its API server refuses them. */
export function* checkNewer(lookup: Lookup, flux: string): Iterable<Finding> {
  const minor = minorOf(flux)
  const later = Map.groupBy(
    additions.filter(one => one.since > minor),
    one => keyFor(one.group, one.kind, '', ''),
  )
  if (later.size === 0) return
  for (const { object } of lookup.all())
    for (const one of later.get(keyFor(object.id.group, object.id.kind, '', '')) ?? [])
      yield* newerIn(object, one, minor)
}

function* newerIn(object: KubeObject, one: Addition, minor: number): Iterable<Finding> {
  const about = {
    object: formatId(object.id),
    help: `it came with Flux 2.${one.since}, and this is Flux 2.${minor}`,
  }
  for (const field of one.fields)
    for (const [map, key] of placesOf(object.root, field.split('.')))
      yield {
        code: 'unknown-field',
        message: `unknown field ${JSON.stringify(field)}`,
        at: map.key(key) ?? map,
        field,
        ...about,
      }
  for (const [field, values] of Object.entries(one.values ?? {}))
    for (const [map, key] of placesOf(object.root, field.split('.'))) {
      const at = map.get(key)
      if (at?.kind !== 'scalar' || !values.includes(at.text)) continue
      const message = `${field}: Unsupported value: ${JSON.stringify(at.text)}`
      yield { code: 'invalid-value', message, at, field, ...about }
    }
}

/** The maps that have the last key of a path, and that key. */
function* placesOf(node: Node, path: readonly string[]): Iterable<readonly [MapNode, string]> {
  const [first = '', ...rest] = path
  const key = first.replace('[]', '')
  if (node.kind !== 'map' || !node.has(key)) return
  if (rest.length === 0) {
    yield [node, key]
    return
  }
  const value = node.get(key)
  if (value === undefined) return
  const items = value.kind === 'list' && first.endsWith('[]') ? value.items : [value]
  for (const item of items) yield* placesOf(item, rest)
}

/** Objects of versions that the chosen Flux still serves and whose schemas are not at hand. */
export function olderKinds(lookup: Lookup, flux: string): Skipped[] {
  const all = [...lookup.all()].map(one => one.object).filter(one => isServedStill(one, flux))
  const names = new Set(all.map(({ id }) => `${id.group}/${id.version} ${id.kind}`))
  return [...names].map(what => ({
    what,
    why: 'only the schemas of the newest version are here; `fluxgate migrate --write` moves to it',
  }))
}
