import { createHash } from 'node:crypto'
import { type MapNode, type Node, Scalar } from '../yaml/node.ts'
import type { Json } from '../yaml/value.ts'
import type { Resource } from './resource.ts'
import type { ResourceMap } from './resourcemap.ts'
import { settledValue } from './settled.ts'
import { withStringAt } from './setter.ts'

/** Adds the hash of their content to the names of generated objects. */
export function addHashes(map: ResourceMap): void {
  for (const resource of map.resources) if (resource.needsHash) addHash(resource)
}

function addHash(resource: Resource): void {
  const metadata = resource.root.get('metadata')
  const name = metadata?.kind === 'map' ? metadata.get('name') : undefined
  if (name?.kind !== 'scalar') return
  const text = `${name.text}-${hashOf(resource.root)}`
  resource.storePreviousId()
  const style = name.style === 'plain' ? 'plain' : 'double'
  const hashed = new Scalar(text, style, undefined, 'v3', name, { by: 'hash', from: name })
  resource.root = withStringAt(resource.root, ['metadata', 'name'], hashed)
}

/** The hash of a ConfigMap or Secret (api/hasher): ten letters and digits that cannot form words. */
export function hashOf(root: MapNode): string {
  const kind = root.get('kind')
  const isSecret = kind?.kind === 'scalar' && kind.text === 'Secret'
  const fields: [string, string][] = [
    ['kind', isSecret ? '"Secret"' : '"ConfigMap"'],
    // Upstream looks the name up under a key that never exists.
    ['name', '""'],
    ['data', fieldOf(root, 'data')],
  ]
  if (isSecret) fields.push(['type', fieldOf(root, 'type')])
  const extra = isSecret ? 'stringData' : 'binaryData'
  const map = root.get(extra)
  if (map && map.kind !== 'scalar') fields.push([extra, fieldOf(root, extra)])
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  const json = `{${fields.map(([key, value]) => `"${key}":${value}`).join(',')}}`
  const hex = createHash('sha256').update(json).digest('hex').slice(0, 10)
  return hex.replace(/[013ae]/g, digit => letters.get(digit) ?? digit)
}

const letters = new Map([
  ['0', 'g'],
  ['1', 'h'],
  ['3', 'k'],
  ['a', 'm'],
  ['e', 't'],
])

/** Maps as JSON, scalars as their text, what is absent as an empty text, a list as null. */
function fieldOf(root: MapNode, key: string): string {
  const node: Node | undefined = root.get(key)
  if (node === undefined) return '""'
  if (node.kind === 'scalar') return goString(node.text)
  return node.kind === 'list' ? 'null' : goJson(settledValue(node, 'float64'))
}

/** JSON as Go writes it: keys in order of their bytes, `<`, `>`, `&` escaped. */
function goJson(value: Json): string {
  if (typeof value === 'string') return goString(value)
  if (typeof value === 'number') return goNumber(value)
  if (value === null || typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map(goJson).join(',')}]`
  const entries = Object.entries(value).sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )
  return `{${entries.map(([key, inner]) => `${goString(key)}:${goJson(inner)}`).join(',')}}`
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}

export function goString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Shortest form; exponents from 1e21 and below 1e-6, with two digits at least when negative. */
function goNumber(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return Object.is(value, -0) ? '-0' : '0'
  if (size >= 1e-6 && size < 1e21) return String(value)
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1')
}
