import type { KubeObject } from '../kube/object.ts'
import { MapNode, stringNode } from '../yaml/node.ts'
import { emptyMap, mapAt, setField, textAt } from './fields.ts'
import { KUSTOMIZE } from './kinds.ts'
import type { FluxKustomization } from './model.ts'
import { normalize } from './normalize.ts'

/** Kinds that are applied before and after all others (fluxcd/pkg/ssa 0.76 ReconcileOrder). */
const FIRST = [
  'CustomResourceDefinition',
  'Namespace',
  'ClusterRole',
  'ClusterClass',
  'RuntimeClass',
  'PriorityClass',
  'StorageClass',
  'VolumeSnapshotClass',
  'IngressClass',
  'GatewayClass',
  'ClusterRoleBinding',
  'ResourceQuota',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
  'Service',
  'LimitRange',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

/**
 * What the controller sends to the API server for one Kustomization (kustomize-controller 1.9 `apply`): its
 * objects normalised, with owner labels and common metadata, without those that are told apart, in stages.
 */
export function appliedObjects(one: FluxKustomization): readonly KubeObject[] {
  return one.objects
    .map(object => withMetadata(normalize(object), one))
    .filter(object => !isSetAside(object))
    .sort(compareApplied)
}

function withMetadata(object: KubeObject, { object: owner, spec }: FluxKustomization): KubeObject {
  const common = mapAt(spec, 'commonMetadata')
  const name = owner.root.key('metadata') ?? owner.root
  const made = { by: 'owner-labels' }
  const labels = new MapNode(
    ['name', 'namespace'].map(field => stringNode(`${KUSTOMIZE}/${field}`, name, made)),
    [owner.id.name, owner.id.namespace].map(text => stringNode(text, name, made)),
    name,
  )
  const metadata = [
    ['labels', labels],
    ['labels', mapAt(common, 'labels')],
    ['annotations', mapAt(common, 'annotations')],
  ] as const
  let root = object.root
  for (const [field, more] of metadata) if (more && more.size > 0) root = merged(root, field, more)
  return { ...object, root }
}

function merged(root: MapNode, field: 'labels' | 'annotations', more: MapNode): MapNode {
  const metadata = mapAt(root, 'metadata') ?? emptyMap(root)
  const old = mapAt(metadata, field)
  let all = old ?? emptyMap(more)
  for (const [i, key] of more.keys.entries()) {
    const value = more.values[i]
    if (value) all = all.with(key, value)
  }
  return setField(root, 'metadata', setField(metadata, field, all))
}

/** Whether an object asks Flux not to apply it. */
function isSetAside({ root }: KubeObject): boolean {
  const said = (name: string) =>
    ['labels', 'annotations'].map(field =>
      textAt(root, 'metadata', field, `${KUSTOMIZE}/${name}`).toLowerCase(),
    )
  return said('reconcile').includes('disabled') || said('ssa').includes('ignore')
}

/** First by stage (definitions, classes, the rest), then by the order of kinds, then by name. */
export function compareApplied(a: KubeObject, b: KubeObject): number {
  return (
    stageOf(a) - stageOf(b) ||
    rankOf(a) - rankOf(b) ||
    compareText(a.id.group, b.id.group) ||
    compareText(a.id.kind, b.id.kind) ||
    compareText(a.id.namespace, b.id.namespace) ||
    compareText(a.id.name, b.id.name)
  )
}

function stageOf({ id }: KubeObject): number {
  if (/^(CustomResourceDefinition|Namespace|ClusterRole)$/.test(id.kind)) return 0
  return id.kind.endsWith('Class') ? 1 : 2
}

function rankOf({ id }: KubeObject): number {
  const first = FIRST.indexOf(id.kind)
  return first === -1 ? 1 + LAST.indexOf(id.kind) : first - FIRST.length
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
