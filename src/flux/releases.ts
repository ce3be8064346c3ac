import { createHash } from 'node:crypto'
import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { mapAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { isRelease, namespaceName, SOURCE } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import { nearest } from './nearest.ts'
import { parseRange } from './semver.ts'

/** The HelmReleases of a cluster: rendered, or written where nothing renders them. */
export function releasesOf(lookup: Lookup): KubeObject[] {
  return [...lookup.all()].map(one => one.object).filter(isRelease)
}

/** Where a release's chart comes from: the reference and the node that names it. */
export function chartSource({ id, root }: KubeObject) {
  const isInline = mapAt(root, 'spec', 'chart') !== undefined
  const path = isInline ? ['spec', 'chart', 'spec', 'sourceRef'] : ['spec', 'chartRef']
  return {
    kind: textAt(root, ...path, 'kind'),
    namespace: textAt(root, ...path, 'namespace') || id.namespace,
    name: textAt(root, ...path, 'name'),
    at: scalarAt(root, ...path, 'name') ?? nodeAt(root, ...path),
    field: path.join('.'),
  }
}

/** What helm-controller and source-controller would say of a release before any chart is fetched. */
export function* checkReleases(lookup: Lookup, isOpen: boolean): Iterable<Finding> {
  const releases = releasesOf(lookup)
  for (const release of releases) {
    yield* checkSource(release, lookup, isOpen)
    yield* checkRange(release)
  }
  for (const { object } of lookup.all())
    if (object.id.group === SOURCE && object.id.kind === 'HelmRepository')
      yield* checkRepository(object)
  yield* checkNames(releases)
}

function* checkSource(release: KubeObject, lookup: Lookup, isOpen: boolean): Iterable<Finding> {
  const { kind, namespace, name, at, field } = chartSource(release)
  if (at === undefined || name === '' || lookup.has(SOURCE, kind, namespace, name)) return
  const known = [...lookup.all()].filter(
    ({ object: { id } }) => id.group === SOURCE && id.kind === kind,
  )
  const about = { at, object: formatId(release.id), field }
  if (isOpen && known.length === 0) {
    const message = `no ${kind} is in the repository, so ${namespace}/${name} is not judged`
    yield { code: 'external-source', message, ...about }
    return
  }
  const sameName = known.find(one => one.object.id.name === name)
  const close = nearest(
    name,
    known.map(one => one.object.id.name),
  )
  const help = sameName
    ? `there is one in namespace ${sameName.object.id.namespace}: name it in sourceRef.namespace`
    : close && `did you mean ${close}?`
  yield {
    code: 'dangling-source',
    message: `source '${kind}/${namespace}/${name}' not found`,
    ...about,
    ...(help === undefined ? {} : { help }),
  }
}

function* checkRange(release: KubeObject): Iterable<Finding> {
  const version = scalarAt(release.root, 'spec', 'chart', 'spec', 'version')
  if (version === undefined || chartSource(release).kind !== 'HelmRepository') return
  if (version.text === '' || parseRange(version.text) !== undefined) return
  yield {
    code: 'bad-version-range',
    message: `improper constraint: ${version.text}`,
    at: version,
    object: formatId(release.id),
    field: 'spec.chart.spec.version',
    help: 'write a version such as 4.11.3 or a range such as ">=4.11.0 <5.0.0", "4.11.x" or "^4.11"',
  }
}

function* checkRepository(repository: KubeObject): Iterable<Finding> {
  const url = scalarAt(repository.root, 'spec', 'url')
  if (url === undefined) return
  const isOci = url.text.startsWith('oci://')
  const type = scalarAt(repository.root, 'spec', 'type')
  if (isOci === (type?.text === 'oci')) return
  yield {
    code: 'repository-type',
    message: isOci
      ? `the address ${url.text} needs type: oci`
      : `type: oci needs an address that begins with oci://`,
    at: isOci ? url : (type ?? url),
    object: formatId(repository.id),
    field: isOci ? 'spec.url' : 'spec.type',
  }
}

/** The name that Helm knows a release by (helm-controller 1.6 release.ShortenName). */
export function releaseName({ id, root }: KubeObject): string {
  const own = textAt(root, 'spec', 'releaseName')
  const target = textAt(root, 'spec', 'targetNamespace')
  const name = own || (target === '' ? id.name : `${target}-${id.name}`)
  if (name.length <= 53) return name
  const sum = createHash('sha256').update(name).digest('hex').slice(0, 12)
  return `${name.slice(0, 40)}-${sum}`
}

/** Which cluster a release goes to: what its namespace knows under that name, or the one that it is in. */
function clusterOf({ id, root }: KubeObject): string {
  for (const kind of ['secretRef', 'configMapRef']) {
    const name = textAt(root, 'spec', 'kubeConfig', kind, 'name')
    if (name !== '') return `${kind}/${id.namespace}/${name}`
  }
  return ''
}

/** Two releases that Helm would store under one name: each upgrade replaces the other's objects. */
function* checkNames(releases: readonly KubeObject[]): Iterable<Finding> {
  const byName = new Map<string, KubeObject>()
  for (const release of releases) {
    const { id, root } = release
    const storage = textAt(root, 'spec', 'storageNamespace') || id.namespace
    const key = `${clusterOf(release)}/${storage}/${releaseName(release)}`
    const other = byName.get(key)
    byName.set(key, other ?? release)
    if (other === undefined || namespaceName(other.id) === namespaceName(id)) continue
    const name = (one: KubeObject) =>
      scalarAt(one.root, 'spec', 'releaseName') ??
      scalarAt(one.root, 'metadata', 'name') ??
      one.root
    yield {
      code: 'duplicate-release',
      message: `Helm stores this release as ${storage}/${releaseName(release)}, and HelmRelease ${namespaceName(other.id)} too`,
      at: name(release),
      object: formatId(id),
      related: [{ span: name(other), text: 'the other release' }],
    }
  }
}
