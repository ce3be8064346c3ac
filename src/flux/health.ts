import type { KubeObject } from '../kube/object.ts'
import { formatId } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node } from '../yaml/node.ts'
import { isTrue, itemsAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { isRelease } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { Cluster, FluxKustomization } from './model.ts'
import { nearest } from './nearest.ts'

/** Groups whose objects make no others but Pods and what belongs to them. */
const BUILT_IN = /^($|apps$|batch$|autoscaling$|policy$|[a-z.]+\.k8s\.io$)/

/**
 * Health checks of objects that nothing applies: the Kustomization waits for them in vain and is not
 * ready. Where releases or custom resources may make the object, it is a note.
 */
export function* checkHealth(cluster: Cluster, lookup: Lookup): Iterable<Finding> {
  for (const one of cluster.kustomizations) {
    if (isTrue(nodeAt(one.spec, 'wait')) || one.build?.error !== undefined) continue
    if (one.refusals.length > 0 || one.directory === undefined) continue
    for (const item of itemsAt(one.spec, 'healthChecks')) {
      const target = read(item)
      if (target === undefined || lookup.has(...target.key)) continue
      yield missing(one, target, lookup, isComplete(one, cluster))
    }
  }
}

interface Target {
  readonly key: readonly [group: string, kind: string, namespace: string, name: string]
  readonly at: Node
}

function read(item: Node): Target | undefined {
  const at = scalarAt(item, 'name')
  const version = textAt(item, 'apiVersion') || 'apps/v1'
  const kind = textAt(item, 'kind')
  if (at === undefined || kind === '') return undefined
  const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : ''
  return { key: [group, kind, textAt(item, 'namespace'), at.text], at }
}

/** Whether nothing but the Kustomizations themselves can make objects where this one does. */
function isComplete(one: FluxKustomization, { open, kustomizations }: Cluster): boolean {
  if (open || one.spec?.get('kubeConfig') !== undefined) return false
  if (kustomizations.some(other => other.objects.some(isRelease))) {
    const spaces = new Set(one.objects.map(object => object.id.namespace))
    const releases = kustomizations.flatMap(other => other.objects.filter(isRelease))
    if (releases.some(release => spaces.has(targetOf(release)))) return false
  }
  return one.objects.every(({ id }) => BUILT_IN.test(id.group))
}

function targetOf({ id, root }: KubeObject): string {
  return textAt(root, 'spec', 'targetNamespace') || id.namespace
}

function missing(
  one: FluxKustomization,
  { key, at }: Target,
  lookup: Lookup,
  isSure: boolean,
): Finding {
  const [group, kind, namespace, name] = key
  const ids = [...lookup.all()].map(({ object }) => object.id)
  const alike = ids.filter(id => id.group === group && id.kind === kind)
  const elsewhere = alike.find(id => id.name === name)
  const close = nearest(
    name,
    alike.filter(id => id.namespace === namespace).map(id => id.name),
  )
  const help = elsewhere
    ? `there is one in namespace ${elsewhere.namespace}`
    : close && `did you mean ${close}?`
  return {
    code: 'dangling-check',
    message: `nothing in the repository makes ${kind} '${namespace}/${name}', which this health check waits for`,
    at,
    object: formatId(one.object.id),
    field: 'spec.healthChecks',
    ...(help === undefined ? {} : { help }),
    ...(isSure ? {} : { level: 'note' as const }),
  }
}
