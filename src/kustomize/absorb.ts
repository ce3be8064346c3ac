import { isNull, textNode } from '../kube/cell.ts'
import { Refusal } from '../kube/refusal.ts'
import { MapNode, type Node } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { idText } from './resid.ts'
import { keyNode, type Resource } from './resource.ts'
import type { ResourceMap } from './resourcemap.ts'
import { plainKey } from './setter.ts'

/**
 * Takes a generated object in: `create` adds it, `merge` and `replace` put it in the place of the one
 * that has or had its id, with that one's name, namespace and history (resmap AbsorbAll).
 */
export function absorb(map: ResourceMap, resource: Resource): void {
  const { behavior } = resource
  const matches = map.withAnyId(resource.id)
  const [old] = matches
  const id = idText(resource.id)
  if (old === undefined) {
    if (behavior === 'merge' || behavior === 'replace')
      throw new Refusal(`id ${id} does not exist; cannot merge or replace`, resource.root)
    map.append(resource)
    return
  }
  if (matches.length > 1)
    throw new Refusal(`found multiple objects that could accept merge of ${id}`, resource.root)
  if (behavior !== 'merge' && behavior !== 'replace')
    throw new Refusal(
      `id ${id} exists; can not use behavior: '${behavior ?? 'unspecified'}', behavior must be merge or replace`,
      resource.root,
    )
  takeMetadata(resource, old)
  if (behavior === 'merge') {
    resource.root = withData(resource.root, old.root)
    resource.origin = old.origin ?? resource.origin
  }
  map.replace(old, resource)
}

function takeMetadata(resource: Resource, old: Resource): void {
  const own = metadataOf(resource.root)
  const other = metadataOf(old.root)
  let metadata = own
  for (const field of ['labels', 'annotations']) {
    const map = mergeStrings(other?.get(field), own?.get(field), old.root)
    const key = own?.key(field) ?? other?.key(field) ?? keyNode(field, old.root, 'generator')
    metadata = map.size > 0 ? metadata?.with(key, map) : metadata?.without(field)
  }
  for (const field of ['name', 'namespace']) {
    const value = other?.get(field)
    const key = other?.key(field)
    if (value?.kind === 'scalar' && key && value.text !== '') metadata = metadata?.with(key, value)
    else metadata = metadata?.without(field)
  }
  const key = resource.root.key('metadata')
  if (key && metadata) resource.root = resource.root.with(key, metadata)
  resource.takeHistory(old)
  resource.needsHash &&= old.needsHash
  resource.behavior = old.behavior
  resource.transformations = old.transformations
}

function metadataOf(root: MapNode): MapNode | undefined {
  const metadata = root.get('metadata')
  return metadata?.kind === 'map' ? metadata : undefined
}

/** Both maps with all values as strings; the second one wins. In data null is the empty text. */
function mergeStrings(
  first: Node | undefined,
  second: Node | undefined,
  at: MapNode,
  nullText?: string,
): MapNode {
  const merged = new Map<string, readonly [MapNode['keys'][number], Node]>()
  for (const map of [first, second])
    if (map?.kind === 'map')
      for (const [i, key] of map.keys.entries()) {
        const value = map.values[i]
        if (value) merged.set(key.text, [plainKey(key, 'generator'), asString(value, nullText)])
      }
  const entries = [...merged.values()]
  return new MapNode(
    entries.map(([key]) => key),
    entries.map(([, value]) => value),
    second ?? first ?? at,
  )
}

function asString(value: Node, nullText: string | undefined): Node {
  const written = value.kind === 'scalar' ? value.text : ''
  const text = nullText !== undefined && isNull(value) ? nullText : written
  const isText = text === written && value.kind === 'scalar' && typeOf(value) === 'string'
  return textNode(text, value, isText ? value.made : { by: 'generator', from: value })
}

function withData(root: MapNode, old: MapNode): MapNode {
  let merged = root
  for (const field of ['data', 'binaryData']) {
    const map = mergeStrings(old.get(field), root.get(field), old, '')
    const key = root.key(field) ?? old.key(field) ?? keyNode(field, old, 'generator')
    merged = map.size > 0 ? merged.with(key, map) : merged.without(field)
  }
  return merged
}
