import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { isTrue, nodeAt, scalarAt, textAt } from './fields.ts'
import { isKustomization, isRelease, keyOf, namespaceName } from './kinds.ts'
import type { Cluster, FluxKustomization, Model } from './model.ts'
import { releaseName } from './releases.ts'

interface Sides {
  readonly before: Cluster
  readonly after: Cluster
}

/** Clusters of both sides by name. */
function* clustersOf(base: Model, head: Model): Iterable<Sides> {
  for (const after of head.clusters) {
    const before = base.clusters.find(one => one.name === after.name)
    if (before) yield { before, after }
  }
}

function ownersIn(cluster: Cluster): Map<string, FluxKustomization> {
  return new Map(cluster.kustomizations.map(one => [keyOf(one.object.id), one]))
}

function objectsIn(
  cluster: Cluster,
): Map<string, { object: KubeObject; owner: FluxKustomization }> {
  const found = new Map<string, { object: KubeObject; owner: FluxKustomization }>()
  for (const owner of cluster.kustomizations)
    for (const object of owner.objects) found.set(keyOf(object.id), { object, owner })
  return found
}

/** What hurts when head follows base: what is pruned, renamed, moved or installed anew. */
export function* checkComparison(
  base: Model | undefined,
  head: Model,
  code: string,
): Iterable<Finding> {
  if (base === undefined) return
  for (const finding of compareModels(base, head)) if (finding.code === code) yield finding
}

function* compareModels(base: Model, head: Model): Iterable<Finding> {
  for (const sides of clustersOf(base, head)) {
    const gone = new Set<string>()
    yield* goneKustomizations(sides, gone)
    yield* prunedObjects(sides, gone)
    yield* recreatedReleases(sides)
  }
  for (const before of base.clusters)
    if (!head.clusters.some(one => one.name === before.name)) yield* lostEntry(before)
}

function* lostEntry(before: Cluster): Iterable<Finding> {
  const [first] = before.kustomizations
  if (first === undefined) return
  yield {
    code: 'lost-entry',
    message: `the entry point ${before.name} is gone: what it applied is no longer followed by Flux`,
    at: scalarAt(first.object.root, 'metadata', 'name') ?? first.object.root,
    object: formatId(first.object.id),
  }
}

/** Whether Flux deletes what leaves a Kustomization, and what it applied when it is deleted itself. */
function prunes({ spec }: FluxKustomization): boolean {
  return isTrue(nodeAt(spec, 'prune'))
}

function deletes(one: FluxKustomization): boolean {
  const policy = textAt(one.spec, 'deletionPolicy') || 'MirrorPrune'
  return policy === 'MirrorPrune' ? prunes(one) : policy !== 'Orphan'
}

function isKept({ root }: KubeObject): boolean {
  const name = 'kustomize.toolkit.fluxcd.io/prune'
  const said =
    textAt(root, 'metadata', 'annotations', name) || textAt(root, 'metadata', 'labels', name)
  return said.toLowerCase() === 'disabled'
}

function* goneKustomizations({ before, after }: Sides, gone: Set<string>): Iterable<Finding> {
  const left = ownersIn(after)
  const known = ownersIn(before)
  for (const [key, one] of known) {
    if (left.has(key)) continue
    gone.add(key)
    if (!deletes(one) || one.objects.length === 0) continue
    const heir = [...left].find(
      ([other, head]) => !known.has(other) && head.directory === one.directory,
    )?.[1]
    const name = namespaceName(one.object.id)
    const count = one.objects.length
    const at = heir?.object.root ?? one.object.root
    yield {
      code: 'removed-kustomization',
      message: heir
        ? `Kustomization ${name} is renamed to ${namespaceName(heir.object.id)}: Flux deletes its ${count} objects before or while the new one applies them`
        : `Kustomization ${name} is gone: Flux deletes the ${count} objects that it applied`,
      at: scalarAt(at, 'metadata', 'name') ?? at,
      object: formatId((heir ?? one).object.id),
      help: 'to keep them, set prune: false or deletionPolicy: Orphan, let Flux apply that, and rename or remove it then',
    }
  }
}

function* prunedObjects({ before, after }: Sides, gone: ReadonlySet<string>): Iterable<Finding> {
  const now = objectsIn(after)
  const owners = ownersIn(after)
  const moved = new Set<string>()
  for (const [key, { object, owner }] of objectsIn(before)) {
    const heir = owners.get(keyOf(owner.object.id))
    const isJudged = heir?.build && heir.build.error === undefined && !isKustomization(object)
    if (now.has(key) || gone.has(keyOf(owner.object.id)) || !isJudged) continue
    if (!prunes(heir) || isKept(object) || isGenerated(object, heir)) continue
    const twin = heir.objects.find(one => isSameElsewhere(one, object))
    const pair = `${keyOf(owner.object.id)} ${object.id.namespace} ${twin?.id.namespace}`
    if (twin && moved.has(pair)) continue
    if (twin) moved.add(pair)
    yield twin ? movedObject(object, twin, heir) : prunedObject(object, heir)
  }
}

function isSameElsewhere(one: KubeObject, other: KubeObject): boolean {
  const [a, b] = [one.id, other.id]
  return a.group === b.group && a.kind === b.kind && a.name === b.name
}

/** A generated object whose hash changed: the new one takes its place, the old one goes as meant. */
function isGenerated({ id }: KubeObject, heir: FluxKustomization): boolean {
  const stem = /^(.*)-[a-z0-9]{10}$/.exec(id.name)?.[1]
  return (
    stem !== undefined &&
    heir.objects.some(one => one.id.kind === id.kind && one.id.name.startsWith(`${stem}-`))
  )
}

function movedObject(object: KubeObject, twin: KubeObject, heir: FluxKustomization): Finding {
  return {
    code: 'pruned-object',
    message: `Kustomization ${namespaceName(heir.object.id)} applies to namespace ${twin.id.namespace} now: Flux deletes ${formatId(object.id)} and what else it applied to ${object.id.namespace || 'no namespace'}`,
    at: scalarAt(twin.root, 'metadata', 'namespace') ?? twin.root,
    object: formatId(object.id),
    related: [
      { span: scalarAt(object.root, 'metadata', 'namespace') ?? object.root, text: 'it was here' },
    ],
  }
}

const PRECIOUS: Readonly<Record<string, string>> = {
  Namespace: ', with everything in it',
  PersistentVolumeClaim: ', and with it, as a rule, the data',
  CustomResourceDefinition: ', and with it every object of its kind',
}

function prunedObject(object: KubeObject, heir: FluxKustomization): Finding {
  const also = PRECIOUS[object.id.kind] ?? ''
  return {
    code: 'pruned-object',
    message: `Kustomization ${namespaceName(heir.object.id)} no longer applies ${formatId(object.id)}: Flux deletes it${also}`,
    at: scalarAt(object.root, 'metadata', 'name') ?? object.root,
    object: formatId(object.id),
    help: 'to keep it, annotate it with kustomize.toolkit.fluxcd.io/prune: disabled and let Flux apply that first',
  }
}

function* recreatedReleases({ before, after }: Sides): Iterable<Finding> {
  const now = objectsIn(after)
  for (const [key, { object }] of objectsIn(before)) {
    const later = now.get(key)?.object
    if (!isRelease(object) || later === undefined) continue
    for (const field of ['releaseName', 'targetNamespace', 'storageNamespace']) {
      if (textAt(object.root, 'spec', field) === textAt(later.root, 'spec', field)) continue
      if (field === 'releaseName' && releaseName(object) === releaseName(later)) continue
      yield {
        code: 'recreated-release',
        message: `${field} of HelmRelease ${namespaceName(later.id)} changes: Helm uninstalls the release and installs it anew`,
        at: scalarAt(later.root, 'spec', field) ?? later.root.key('spec') ?? later.root,
        object: formatId(later.id),
        field: `spec.${field}`,
      }
      break
    }
  }
}
