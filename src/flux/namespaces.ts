import type { Id, KubeObject } from '../kube/object.ts'
import { formatId } from '../kube/object.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node } from '../yaml/node.ts'
import { isGuessed } from './decrypt.ts'
import { isTrue, mapAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { isRelease, namespaceName } from './kinds.ts'
import type { Cluster, FluxKustomization, Model } from './model.ts'
import { isResourceSet, templatesOf } from './template.ts'

/** Namespaced, cluster-wide, or not known. */
export type ScopeOf = (id: Id) => 'namespace' | 'cluster' | undefined

/** What the schemas know of scopes. */
export function scopes(schemas: Schemas): ScopeOf {
  return ({ group, version, kind }) => {
    const found = schemas.lookup(group, version, kind)
    return found.ok ? (found.namespaced ? 'namespace' : 'cluster') : undefined
  }
}

const GIVEN = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']

/** Objects without the namespace that their kind needs, and namespaces that nothing creates. */
export function* checkNamespaces(
  model: Model,
  scopeOf: ScopeOf,
  code: 'missing-namespace' | 'unspecified-namespace',
): Iterable<Finding> {
  for (const cluster of model.clusters) {
    const isCreated = createdIn(cluster)
    const isSure = (finding: Finding) => isClosed(cluster, finding)
    for (const one of cluster.kustomizations)
      for (const finding of checkOne(one, isCreated, scopeOf))
        if (finding.code === code)
          yield isSure(finding) && code === 'missing-namespace'
            ? { ...finding, level: 'error' }
            : finding
  }
}

function* checkOne(
  one: FluxKustomization,
  isCreated: (namespace: string) => boolean,
  scopeOf: ScopeOf,
): Iterable<Finding> {
  if (mapAt(one.spec, 'kubeConfig') !== undefined) return
  const told = new Set<string>()
  for (const object of one.objects) {
    if (scopeOf(object.id) !== 'namespace') continue
    const target = isRelease(object) ? textAt(object.root, 'spec', 'targetNamespace') : ''
    if (target !== '' && !isCreated(target) && !told.has(target)) {
      told.add(target)
      yield uninstalled(object, target)
    }
    const { namespace } = object.id
    if (namespace === '') yield unnamed(object)
    else if (!isCreated(namespace) && !told.has(namespace) && isKnown(object)) {
      told.add(namespace)
      yield uncreated(one, object)
    }
  }
}

/** Whether the namespace is not that of a variable which nobody here knows. */
function isKnown({ root }: KubeObject): boolean {
  const namespace = scalarAt(root, 'metadata', 'namespace')
  return namespace === undefined || !isGuessed(namespace)
}

/** Groups whose objects make no others but Pods and what belongs to them, and those of Flux itself. */
const INERT =
  /^($|apps$|batch$|autoscaling$|policy$|[a-z.]+\.k8s\.io$|[a-z]+\.toolkit\.fluxcd\.io$)/

/** Whether all that could create a namespace is known: no other charts, no other sources, no operators. */
function isClosed({ open, kustomizations }: Cluster, { object: about }: Finding): boolean {
  return (
    !open &&
    kustomizations.every(
      ({ origin, objects }) =>
        origin.kind === 'here' &&
        objects.every(
          object =>
            (!isRelease(object) || formatId(object.id) === about) && INERT.test(object.id.group),
        ),
    )
  )
}

function createdIn(cluster: Cluster): (namespace: string) => boolean {
  const created = new Set(GIVEN)
  const objects = [...cluster.kustomizations.flatMap(one => one.objects), ...cluster.loose]
  for (const object of objects) {
    const { id, root } = object
    if (id.group === '' && id.kind === 'Namespace') created.add(id.name)
    if (isRelease(object) && isTrue(nodeAt(root, 'spec', 'install', 'createNamespace')))
      created.add(textAt(root, 'spec', 'targetNamespace') || id.namespace)
  }
  // What starts the cluster stands in a namespace that whoever started it has made.
  for (const { object, parent } of cluster.kustomizations)
    if (parent === undefined) created.add(object.id.namespace)
  const templates = objects.filter(isResourceSet).flatMap(templatesOf)
  const made = templates.filter(one => one.kind === 'Namespace')
  return name => created.has(name) || made.some(one => one.isCalled(name))
}

function unnamed(object: KubeObject): Finding {
  const { root } = object
  return {
    code: 'unspecified-namespace',
    message: `${object.id.kind}/${object.id.name} namespace not specified: the server could not find the requested resource`,
    at: root.key('metadata') ?? root,
    object: formatId(object.id),
    field: 'metadata.namespace',
    help: 'Flux does not fall back to a default namespace: write one, or set targetNamespace or namespace',
  }
}

function uninstalled(release: KubeObject, target: string): Finding {
  return {
    code: 'missing-namespace',
    message: `nothing in the repository creates namespace ${target}, which HelmRelease ${namespaceName(release.id)} installs into`,
    at: scalarAt(release.root, 'spec', 'targetNamespace') ?? release.root,
    object: formatId(release.id),
    field: 'spec.targetNamespace',
    help: 'add a Namespace object, or install.createNamespace: true',
  }
}

function uncreated(one: FluxKustomization, object: KubeObject): Finding {
  const at: Node = scalarAt(object.root, 'metadata', 'namespace') ?? object.root
  return {
    code: 'missing-namespace',
    message: `nothing in the repository creates namespace ${object.id.namespace}, which Kustomization ${namespaceName(one.object.id)} applies to`,
    at,
    object: formatId(object.id),
    field: 'metadata.namespace',
    help: 'Flux creates no namespaces: add a Namespace object, also for targetNamespace',
  }
}
