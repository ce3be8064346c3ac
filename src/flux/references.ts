import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { itemsAt, nodeAt, textAt } from './fields.ts'
import { isGenerator } from './generator.ts'
import { HELM, IMAGE, KUSTOMIZE, NOTIFICATION, SOURCE, type SourceRef } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { Origin, Reference } from './model.ts'
import { nearest } from './nearest.ts'
import type { Node } from '../yaml/node.ts'

const GROUP_OF: Readonly<Record<string, string>> = {
  Kustomization: KUSTOMIZE,
  HelmRelease: HELM,
  GitRepository: SOURCE,
  HelmRepository: SOURCE,
  HelmChart: SOURCE,
  OCIRepository: SOURCE,
  Bucket: SOURCE,
  Provider: NOTIFICATION,
  ImageRepository: IMAGE,
  ImagePolicy: IMAGE,
  ImageUpdateAutomation: IMAGE,
}

/** What is known beyond the objects of a cluster. */
export interface Beyond {
  /** Whether the cluster is started outside of the repository. */
  readonly isOpen: boolean
  readonly resolve: (ref: SourceRef) => Origin
}

/**
 * References of the notification, image and source-watcher controllers to objects that exist nowhere in
 * the cluster; a note where the cluster is started outside, and nothing here looks like what is meant.
 */
export function* checkReferences(lookup: Lookup, { isOpen, resolve }: Beyond): Iterable<Finding> {
  for (const { object } of lookup.all())
    for (const [field, item, kind] of referring(object)) {
      const reference = read(object, item, kind)
      const group = reference && GROUP_OF[reference.kind]
      if (reference === undefined || group === undefined) continue
      if (lookup.has(group, reference.kind, reference.namespace, reference.name)) continue
      if (group === SOURCE && resolve(reference).kind !== 'missing') continue
      const help = likely(reference, lookup)
      yield {
        code: 'dangling-reference',
        message: `${reference.kind} '${reference.namespace}/${reference.name}' not found`,
        at: reference.at,
        object: formatId(object.id),
        field,
        ...(help === undefined ? {} : { help }),
        ...(isOpen && help === undefined ? { level: 'note' } : {}),
      }
    }
}

/** The nodes of an object that name another, with the kind they mean where they do not say it. */
function* referring({ id, root }: KubeObject): Iterable<readonly [string, Node, string]> {
  const one = function* (field: string, kind: string): Iterable<readonly [string, Node, string]> {
    const node = nodeAt(root, ...field.split('.'))
    if (node?.kind === 'map') yield [field, node, kind]
  }
  const all = (field: string) =>
    itemsAt(root, ...field.split('.')).map(item => [field, item, ''] as const)
  if (id.group === NOTIFICATION && id.kind === 'Alert') {
    yield* one('spec.providerRef', 'Provider')
    yield* all('spec.eventSources')
  } else if (id.group === NOTIFICATION && id.kind === 'Receiver') yield* all('spec.resources')
  else if (isGenerator({ id, root })) yield* all('spec.sources')
  else if (id.group === IMAGE && id.kind === 'ImagePolicy')
    yield* one('spec.imageRepositoryRef', 'ImageRepository')
  else if (id.group === IMAGE && id.kind === 'ImageUpdateAutomation')
    yield* one('spec.sourceRef', 'GitRepository')
}

function read({ id }: KubeObject, item: Node, kind: string): Reference | undefined {
  const at = nodeAt(item, 'name')
  if (at?.kind !== 'scalar' || at.text === '*') return undefined
  const namespace = textAt(item, 'namespace') || id.namespace
  return { at, kind: textAt(item, 'kind') || kind, namespace, name: at.text }
}

function likely({ kind, name }: Reference, lookup: Lookup): string | undefined {
  const ids = [...lookup.all()].map(one => one.object.id).filter(id => id.kind === kind)
  const elsewhere = ids.find(id => id.name === name)
  if (elsewhere) return `there is one in namespace ${elsewhere.namespace}`
  const close = nearest(
    name,
    ids.map(id => id.name),
  )
  return close && `did you mean ${close}?`
}
