import { Refusal } from '../../kube/refusal.ts'
import { MapNode, type Node, Scalar, stringNode } from '../../yaml/node.ts'
import { keyNode, type Resource } from '../resource.ts'
import { textsOf } from '../select.ts'

const DOMAIN = 'internal.config.kubernetes.io/'
const ORIGIN = 'config.kubernetes.io/origin'
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations'
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
    [...before.keys, ...notes.map(([name]) => keyNode(name, metadata, BY))],
    [...before.values, ...notes.map(([, text]) => stringNode(text, metadata, { by: BY }))],
    before,
  )
  return root.with(key, metadata.with(keyNode('annotations', metadata, BY), all))
}

function notesOf(resource: Resource): (readonly [string, string])[] {
  const { previousIds, prefixes, suffixes, behavior, needsHash } = resource
  const notes: [string, string][] = []
  if (previousIds.length > 0) {
    notes.push([`${DOMAIN}previousNames`, previousIds.map(id => id.name).join(',')])
    notes.push([`${DOMAIN}previousNamespaces`, previousIds.map(id => id.namespace).join(',')])
    notes.push([`${DOMAIN}previousKinds`, previousIds.map(id => id.kind).join(',')])
  }
  if (prefixes.length > 0) notes.push([`${DOMAIN}prefixes`, prefixes.join(',')])
  if (suffixes.length > 0) notes.push([`${DOMAIN}suffixes`, suffixes.join(',')])
  if (behavior !== undefined) notes.push([`${DOMAIN}generatorBehavior`, behavior])
  if (needsHash) notes.push([`${DOMAIN}needsHashSuffix`, 'enabled'])
  if (resource.origin) notes.push([ORIGIN, '-'])
  if (resource.transformations.length > 0) notes.push([TRANSFORMATIONS, '-'])
  return notes
}

/** A patch that takes the annotations away takes away what they say of the way here. */
export function forgetOrigin(resource: Resource, patched: MapNode): void {
  const texts = textsOf(patched, 'annotations')
  if (!texts.has(ORIGIN)) resource.origin = undefined
  if (!texts.has(TRANSFORMATIONS)) resource.transformations = []
}

function isNote(name: string): boolean {
  return name.startsWith(DOMAIN) || name === ORIGIN || name === TRANSFORMATIONS
}

/** kustomize reads a list of annotations as keys and values in turn, and panics where one is left over. */
function entriesOf(written: Node): MapNode {
  if (written.kind === 'map') return written
  if (written.kind === 'scalar') return new MapNode([], [], written)
  const { items } = written
  if (items.length % 2 === 1)
    throw new Refusal('metadata.annotations is a list, at which kustomize panics', written)
  const scalars = items.map(item => (item.kind === 'scalar' ? item : stringNode('', item)))
  return new MapNode(
    scalars.filter((_, at) => at % 2 === 0),
    scalars.filter((_, at) => at % 2 === 1),
    written,
  )
}

/** Takes the notes away; the other annotations are texts now, under keys that nobody quotes. */
export function withoutInternal(root: MapNode): MapNode {
  const key = root.key('metadata')
  const metadata = root.get('metadata')
  if (key === undefined || metadata?.kind !== 'map') return root
  const written = metadata.get('annotations')
  const name = metadata.key('annotations')
  if (written === undefined || name === undefined) return root
  const kept = entriesOf(written)
  const entries = kept.keys
    .map((one, at) => [one, kept.values[at]] as const)
    .filter(([one]) => !isNote(one.text))
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
