import { MapNode, type Node, type Scalar, stringNode } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { formatOrigin, formatTransformations } from './origin.ts'
import { keyNode, type Resource } from './resource.ts'
import { plainKey } from './setter.ts'

/** What `buildMetadata` of the root asks for. */
export interface BuildMetadata {
  readonly origins: Scalar | undefined
  readonly transformations: Scalar | undefined
  readonly managedBy: Scalar | undefined
}

const DOMAIN = 'internal.config.kubernetes.io'
const ORIGIN = 'config.kubernetes.io/origin'
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations'

/** Annotations that kustomize keeps for itself and takes away at the end, whoever wrote them. */
const internalNames = `
  previousKinds previousNames prefixes suffixes previousNamespaces allowNameChange allowKindChange
  refBy generatorBehavior needsHashSuffix path index seqindent id annotations-migration-resource-id
  helm-generated`
const internal: ReadonlySet<string> = new Set([
  ...internalNames.split(/\s+/).map(name => `${DOMAIN}/${name}`),
  'config.kubernetes.io/path',
  'config.kubernetes.io/index',
  'config.k8s.io/id',
])

/** Whether an object is for kustomize only (`config.kubernetes.io/local-config`). */
export function isLocal(root: MapNode): boolean {
  const value = annotationsOf(root)?.get('config.kubernetes.io/local-config')
  if (value === undefined) return false
  return value.kind !== 'scalar' || value.text !== 'false'
}

/**
 * The object as it is printed: kustomize's own annotations gone, all others written as strings, an
 * empty map of annotations dropped; origin and transformations added where asked for.
 */
export function finish(resource: Resource, asked: BuildMetadata): MapNode {
  const root = asked.managedBy ? withManagedBy(resource.root, asked.managedBy) : resource.root
  const metadata = root.get('metadata')
  const key = root.key('metadata')
  if (metadata?.kind !== 'map' || key === undefined) return root
  const written = annotationsOf(root)
  const added = buildAnnotations(resource, asked)
  if ((written === undefined || written.size === 0) && added.length === 0) {
    return metadata.has('annotations') ? root.with(key, metadata.without('annotations')) : root
  }
  const annotations = stringsOf(written, added, metadata)
  if (annotations === written) return root
  const field = metadata.key('annotations') ?? keyNode('annotations', annotations, 'origin')
  const done =
    annotations.size > 0 ? metadata.with(field, annotations) : metadata.without(field.text)
  return root.with(key, done)
}

function annotationsOf(root: MapNode): MapNode | undefined {
  const metadata = root.get('metadata')
  const annotations = metadata?.kind === 'map' ? metadata.get('annotations') : undefined
  return annotations?.kind === 'map' ? annotations : undefined
}

type Entry = readonly [Scalar, Node]

function buildAnnotations(resource: Resource, asked: BuildMetadata): readonly Entry[] {
  const added: Entry[] = []
  const add = (key: string, text: string, at: Scalar): void => {
    added.push([keyNode(key, at, 'origin'), stringNode(text, at, { by: 'origin' })])
  }
  const { origin, transformations } = resource
  if (asked.origins && origin) add(ORIGIN, formatOrigin(origin), asked.origins)
  if (asked.transformations && transformations.length > 0)
    add(TRANSFORMATIONS, formatTransformations(transformations), asked.transformations)
  return added
}

/** The same map where there is nothing to change. */
function stringsOf(written: MapNode | undefined, added: readonly Entry[], at: MapNode): MapNode {
  const entries = new Map<string, Entry>()
  let isSame = added.length === 0
  for (const [i, key] of (written?.keys ?? []).entries()) {
    const value = written?.values[i]
    const isOwn = internal.has(key.text) || key.text === ORIGIN || key.text === TRANSFORMATIONS
    const text = value && !isOwn ? asString(value) : undefined
    const name = plainKey(key, 'annotation')
    if (text !== value || name !== key || entries.has(key.text)) isSame = false
    if (text) entries.set(key.text, [name, text])
  }
  if (written && isSame) return written
  for (const entry of added) entries.set(entry[0].text, entry)
  const all = [...entries.values()]
  return new MapNode(
    all.map(([key]) => key),
    all.map(([, value]) => value),
    written ?? at,
  )
}

function asString(node: Node): Node {
  if (node.kind !== 'scalar') return stringNode('', node, { by: 'annotation', from: node })
  if (typeOf(node) === 'string' && node.tag === undefined && node.style !== 'folded') return node
  return stringNode(node.text, node, { by: 'annotation', from: node })
}

const MANAGED_BY = 'app.kubernetes.io/managed-by'

function withManagedBy(root: MapNode, at: Scalar): MapNode {
  const key = root.key('metadata')
  const metadata = root.get('metadata')
  if (key === undefined || metadata?.kind !== 'map') return root
  const labels = metadata.get('labels')
  const map = labels?.kind === 'map' ? labels : new MapNode([], [], at, false, { by: 'label' })
  const field = metadata.key('labels') ?? keyNode('labels', at, 'label')
  const value = stringNode('kustomize-v5.8.1', at, { by: 'label' })
  const label = map.key(MANAGED_BY) ?? keyNode(MANAGED_BY, at, 'label')
  return root.with(key, metadata.with(field, map.with(label, value)))
}
