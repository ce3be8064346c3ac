import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node } from '../yaml/node.ts'
import { itemsAt, scalarAt, textAt } from './fields.ts'
import { HELM, IMAGE, KUSTOMIZE, NOTIFICATION, SOURCE } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import { nearest } from './nearest.ts'

const GROUP_OF: Readonly<Record<string, string>> = {
  Kustomization: KUSTOMIZE,
  HelmRelease: HELM,
  GitRepository: SOURCE,
  HelmRepository: SOURCE,
  HelmChart: SOURCE,
  OCIRepository: SOURCE,
  Bucket: SOURCE,
  ImageRepository: IMAGE,
  ImagePolicy: IMAGE,
  ImageUpdateAutomation: IMAGE,
}

/** References of the notification and image controllers to objects that exist nowhere in the cluster. */
export function* checkReferences(lookup: Lookup): Iterable<Finding> {
  for (const { object } of lookup.all()) {
    const { group, kind } = object.id
    if (group === NOTIFICATION && kind === 'Alert') yield* checkAlert(object, lookup)
    else if (group === NOTIFICATION && kind === 'Receiver')
      yield* events(object, itemsAt(object.root, 'spec', 'resources'), 'spec.resources', lookup)
    else if (group === IMAGE && kind === 'ImagePolicy')
      yield* refer(object, ['spec', 'imageRepositoryRef'], IMAGE, 'ImageRepository', lookup)
    else if (group === IMAGE && kind === 'ImageUpdateAutomation')
      yield* refer(object, ['spec', 'sourceRef'], SOURCE, 'GitRepository', lookup)
  }
}

function* checkAlert(alert: KubeObject, lookup: Lookup): Iterable<Finding> {
  yield* refer(alert, ['spec', 'providerRef'], NOTIFICATION, 'Provider', lookup)
  yield* events(alert, itemsAt(alert.root, 'spec', 'eventSources'), 'spec.eventSources', lookup)
}

function* refer(
  object: KubeObject,
  path: readonly string[],
  group: string,
  kind: string,
  lookup: Lookup,
): Iterable<Finding> {
  const name = scalarAt(object.root, ...path, 'name')
  const wanted = textAt(object.root, ...path, 'kind') || kind
  const namespace = textAt(object.root, ...path, 'namespace') || object.id.namespace
  if (name === undefined || lookup.has(group, wanted, namespace, name.text)) return
  yield dangling(object, name, wanted, namespace, path.join('.'), lookup)
}

function* events(
  object: KubeObject,
  items: readonly Node[],
  field: string,
  lookup: Lookup,
): Iterable<Finding> {
  for (const item of items) {
    const kind = textAt(item, 'kind')
    const name = scalarAt(item, 'name')
    const group = GROUP_OF[kind]
    const namespace = textAt(item, 'namespace') || object.id.namespace
    if (name === undefined || name.text === '*' || group === undefined) continue
    if (!lookup.has(group, kind, namespace, name.text))
      yield dangling(object, name, kind, namespace, field, lookup)
  }
}

function dangling(
  object: KubeObject,
  at: Node & { readonly text: string },
  kind: string,
  namespace: string,
  field: string,
  lookup: Lookup,
): Finding {
  const names = [...lookup.all()].map(one => one.object.id).filter(id => id.kind === kind)
  const close = nearest(
    at.text,
    names.map(id => id.name),
  )
  const elsewhere = names.find(id => id.name === at.text)
  const help = elsewhere
    ? `there is one in namespace ${elsewhere.namespace}`
    : close && `did you mean ${close}?`
  return {
    code: 'dangling-reference',
    message: `${kind} '${namespace}/${at.text}' not found`,
    at,
    object: formatId(object.id),
    field,
    ...(help === undefined ? {} : { help }),
  }
}
