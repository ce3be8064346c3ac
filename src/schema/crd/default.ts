import type { MapNode, Node } from '../../yaml/node.ts'
import { isNull, valueOf } from '../../yaml/value.ts'
import { isRecord, type Raw, readRecord } from '../bundle.ts'
import { fits } from '../combine.ts'
import { plainNumber } from '../words.ts'
import type { Place } from './place.ts'

/**
 * Defaults must be valid by their own schema, and have no unknown fields (kube-apiserver 1.36
 * apiextensions-apiserver pkg/apiserver/schema/defaulting ValidateDefaults).
 */
export function checkDefaults(node: Place, isRoot = true): void {
  if (node.node?.kind !== 'map') return
  const place = node.get('default')
  if (place.node !== undefined) {
    const raw = rawOf(node.node)
    if (hasUnknown(place.node, raw)) place.say('Invalid value: must not have unknown fields')
    if (!fits(place.node, raw)) place.invalid('must be valid by its own schema')
  }
  checkDefaults(node.get('items'), false)
  for (const [name, property] of node.get('properties').entries())
    if (!isRoot || name !== 'metadata') checkDefaults(property, false)
}

/** A schema with plain numbers: bounds beyond 2^53 lose their last digits. */
function rawOf(node: MapNode): Raw {
  const raw: unknown = JSON.parse(JSON.stringify(valueOf(node), plainNumber))
  return isRecord(raw) ? raw : {}
}

/** Whether pruning would take something away. */
function hasUnknown(node: Node, raw: Raw): boolean {
  if (raw['x-kubernetes-preserve-unknown-fields'] === true) return false
  if (node.kind === 'list')
    return node.items.some(item => hasUnknown(item, readRecord(raw, 'items')))
  if (node.kind !== 'map') return false
  const { additionalProperties } = raw
  if (additionalProperties === true) return false
  return node.keys.some((key, i) => {
    const value = node.values[i]
    const own = readRecord(raw, 'properties')[key.text] ?? additionalProperties
    if (!isRecord(own)) return !isMeta(raw, key.text)
    return value !== undefined && !isNull(value) && hasUnknown(value, own)
  })
}

function isMeta(raw: Raw, name: string): boolean {
  return (
    raw['x-kubernetes-embedded-resource'] === true &&
    ['apiVersion', 'kind', 'metadata'].includes(name)
  )
}
