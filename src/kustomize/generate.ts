import { Refusal } from '../kube/refusal.ts'
import type { Span } from '../text/source.ts'
import { dataNode, MapNode, type Node, plainNode, type Scalar, stringNode } from '../yaml/node.ts'
import type { Context } from './context.ts'
import { flagAt, mapAt, scalarAt, textAt } from './file.ts'
import { decodeLine, type Pair, readPairs } from './pairs.ts'
import { type Behavior, keyNode, Resource } from './resource.ts'
import { plainKey } from './setter.ts'

const BY = 'generator'

export type GeneratedKind = 'ConfigMap' | 'Secret'

/** The object that one entry of `configMapGenerator` or `secretGenerator` makes. */
export function generate(
  kind: GeneratedKind,
  args: MapNode,
  options: MapNode | undefined,
  context: Context,
): Resource {
  const name = scalarAt(args, 'name')
  if (name === undefined) throw new Refusal('a configmap must have a name', args)
  const pairs = [...readPairs(args, context)].sort((a, b) => (a.key < b.key ? -1 : 1))
  const at = args
  const entries: [string, Node][] = [
    ['apiVersion', stringNode('v1', at, { by: BY })],
    ['kind', stringNode(kind, at, { by: BY })],
    ['metadata', metadataOf(args, name, options)],
  ]
  if (kind === 'Secret') entries.push(['type', typeNode(args)], ['data', secretData(pairs, at)])
  else entries.push(...configMapData(pairs, at))
  const immutable = options?.get('immutable')
  if (immutable && flagAt(options, 'immutable'))
    entries.push(['immutable', plainNode('true', immutable, { by: BY })])
  const resource = new Resource(mapOf(entries, at), context.file.source.path)
  resource.behavior = behaviorOf(textAt(args, 'behavior'))
  resource.needsHash = !flagAt(options, 'disableNameSuffixHash')
  return resource
}

function behaviorOf(text: string): Behavior {
  return text === 'merge' || text === 'replace' ? text : 'create'
}

function typeNode(args: MapNode): Scalar {
  const type = scalarAt(args, 'type')
  return stringNode(type?.text ?? 'Opaque', type ?? args, { by: BY })
}

function metadataOf(args: MapNode, name: Scalar, options: MapNode | undefined): MapNode {
  const entries: [string, Node][] = [['name', stringNode(name.text, name, { by: BY })]]
  const namespace = scalarAt(args, 'namespace')
  if (namespace) entries.push(['namespace', stringNode(namespace.text, namespace, { by: BY })])
  for (const field of ['labels', 'annotations']) {
    const map = mapAt(options, field)
    if (map && map.size > 0) entries.push([field, stringsOf(map)])
  }
  return mapOf(entries, name)
}

function stringsOf(map: MapNode): MapNode {
  return new MapNode(
    map.keys.map(key => plainKey(key, BY)),
    map.values.map(value =>
      stringNode(value.kind === 'scalar' ? value.text : '', value, { by: BY }),
    ),
    map,
  )
}

function mapOf(entries: readonly (readonly [string, Node])[], at: Span): MapNode {
  return new MapNode(
    entries.map(([key, value]) => keyNode(key, value, BY)),
    entries.map(([, value]) => value),
    at,
    false,
    { by: BY },
  )
}

/** Text goes to `data`, bytes that are no text to `binaryData`; neither is there when empty. */
function configMapData(pairs: readonly Pair[], at: Span): [string, Node][] {
  const data: [string, Node][] = []
  const binary: [string, Node][] = []
  for (const pair of pairs) {
    const text = decodeLine(pair.value)
    if (text === undefined) binary.push([pair.key, base64Node(pair)])
    else data.push([pair.key, dataNode(text, pair.at, { by: BY })])
  }
  const fields: [string, Node][] = []
  if (data.length > 0) fields.push(['data', mapOf(data, at)])
  if (binary.length > 0) fields.push(['binaryData', mapOf(binary, at)])
  return fields
}

function secretData(pairs: readonly Pair[], at: Span): MapNode {
  return mapOf(
    pairs.map(pair => [pair.key, base64Node(pair)]),
    at,
  )
}

function base64Node(pair: Pair): Scalar {
  const text = decodeLine(pair.value) ?? ''
  return dataNode(encodeBase64(pair.value), pair.at, {
    by: 'base64',
    from: stringNode(text, pair.at),
  })
}

/** Base64 in lines of 70 characters; a single line has no line break (kyaml encodeBase64). */
export function encodeBase64(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64')
  if (text.length < 70) return text
  return `${(text.match(/.{1,70}/g) ?? []).join('\n')}\n`
}

/** The entry's own options with what `generatorOptions` adds: flags only ever turn on. */
export function mergeOptions(
  local: MapNode | undefined,
  global: MapNode | undefined,
): MapNode | undefined {
  if (global === undefined || local === undefined) return local ?? global
  let merged = local
  for (const [i, key] of global.keys.entries()) {
    const value = global.values[i]
    const own = merged.get(key.text)
    if (value === undefined) continue
    if (own?.kind === 'map' && value.kind === 'map') merged = merged.with(key, union(own, value))
    else if (own === undefined || flagAt(global, key.text)) merged = merged.with(key, value)
  }
  return merged
}

function union(own: MapNode, more: MapNode): MapNode {
  return more.keys.reduce((map, key, i) => {
    const value = more.values[i]
    return value === undefined || map.has(key.text) ? map : map.with(key, value)
  }, own)
}
