import { MapNode, Scalar, stringNode } from '../../yaml/node.ts'
import { keyNode, type Resource } from '../resource.ts'

const DOMAIN = 'internal.config.kubernetes.io/'
const BY = 'internal'

/**
 * The object with the annotations in which kustomize keeps its notes: a JSON 6902 patch sees them, so
 * that `add /metadata/annotations/x` works where nobody wrote annotations.
 */
export function withInternal(resource: Resource): MapNode {
  const { root } = resource
  const notes = notesOf(resource)
  const key = root.key('metadata')
  const metadata = root.get('metadata')
  if (notes.length === 0 || key === undefined || metadata?.kind !== 'map') return root
  const written = metadata.get('annotations')
  const before = written?.kind === 'map' ? written : new MapNode([], [], metadata)
  const all = new MapNode(
    [...before.keys, ...notes.map(([name]) => keyNode(DOMAIN + name, metadata, BY))],
    [...before.values, ...notes.map(([, text]) => stringNode(text, metadata, { by: BY }))],
    before,
  )
  return root.with(key, metadata.with(keyNode('annotations', metadata, BY), all))
}

function notesOf(resource: Resource): (readonly [string, string])[] {
  const { previousIds, prefixes, suffixes, behavior, needsHash } = resource
  const notes: [string, string][] = []
  if (previousIds.length > 0) {
    notes.push(['previousNames', previousIds.map(id => id.name).join(',')])
    notes.push(['previousNamespaces', previousIds.map(id => id.namespace).join(',')])
    notes.push(['previousKinds', previousIds.map(id => id.kind).join(',')])
  }
  if (prefixes.length > 0) notes.push(['prefixes', prefixes.join(',')])
  if (suffixes.length > 0) notes.push(['suffixes', suffixes.join(',')])
  if (behavior !== undefined) notes.push(['generatorBehavior', behavior])
  if (needsHash) notes.push(['needsHashSuffix', 'enabled'])
  return notes
}

/** Takes the notes away; the other annotations are texts now, under keys that nobody quotes. */
export function withoutInternal(root: MapNode): MapNode {
  const key = root.key('metadata')
  const metadata = root.get('metadata')
  if (key === undefined || metadata?.kind !== 'map') return root
  const written = metadata.get('annotations')
  const name = metadata.key('annotations')
  if (written === undefined || name === undefined) return root
  const kept = written.kind === 'map' ? written : new MapNode([], [], written)
  const entries = kept.keys
    .map((one, at) => [one, kept.values[at]] as const)
    .filter(([one]) => !one.text.startsWith(DOMAIN))
  if (entries.length === 0) return root.with(key, metadata.without('annotations'))
  const keys = entries.map(([one]) => new Scalar(one.text, 'plain', undefined, 'v3', one, one.made))
  const values = entries.map(([, value]) => {
    const text = value?.kind === 'scalar' ? value.text : ''
    return value?.kind === 'scalar' && value.style !== 'plain' && value.text === text
      ? value
      : stringNode(text, value ?? metadata, value?.made)
  })
  return root.with(key, metadata.with(name, new MapNode(keys, values, kept)))
}
