import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { reaches } from './dependencies.ts'
import { mapAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { isRelease, keyOf, namespaceName, sourceRefOf } from './kinds.ts'
import type { Cluster, FluxKustomization, Model } from './model.ts'
import { cleanPath, joinRoot } from './paths.ts'
import { isElsewhere } from './sight.ts'
import { Source } from '../text/source.ts'
import type { Tree } from '../tree/tree.ts'
import { decode } from '../yaml/decode.ts'
import { parse } from '../yaml/parse.ts'

/** API groups that well-known charts bring with them. */
const CHART_GROUPS: Readonly<Record<string, readonly string[]>> = {
  'cert-manager': ['cert-manager.io', 'acme.cert-manager.io'],
  'kube-prometheus-stack': ['monitoring.coreos.com'],
  'prometheus-operator-crds': ['monitoring.coreos.com'],
  'external-secrets': ['external-secrets.io', 'generators.external-secrets.io'],
  'sealed-secrets': ['bitnami.com'],
  traefik: ['traefik.io'],
  'traefik-crds': ['traefik.io', 'hub.traefik.io'],
  keda: ['keda.sh', 'eventing.keda.sh'],
  kyverno: ['kyverno.io', 'wgpolicyk8s.io'],
  'cloudnative-pg': ['postgresql.cnpg.io'],
  metallb: ['metallb.io'],
  longhorn: ['longhorn.io'],
  cilium: ['cilium.io'],
  velero: ['velero.io'],
  'rook-ceph': ['ceph.rook.io'],
  istiod: ['networking.istio.io', 'security.istio.io'],
  crossplane: ['pkg.crossplane.io', 'apiextensions.crossplane.io'],
}

interface Provider {
  readonly by: KubeObject
  readonly owner: FluxKustomization
}

/** Files of tools that set clusters up before Flux: they often install CustomResourceDefinitions too. */
const SETUP = /(^|\/)(bootstrap|talos|ansible|terraform)\/|helmfile[^/]*$|\.tf$|(^|\/)crds?\//i

/**
 * Custom resources that are applied before, or together with, the release that brings their kind. Where
 * something beside Flux may have brought it, that is a warning: the cluster may run for years.
 */
export function* checkOrder(model: Model, tree: Tree): Iterable<Finding> {
  const isSetUp = tree
    .entries()
    .some(({ path }) => SETUP.test(path) && tree.entry(ofChart(path)) === undefined)
  for (const cluster of model.clusters) {
    const providers = providersIn(cluster)
    const isSure = !isSetUp && !cluster.kustomizations.some(isElsewhere)
    if (providers.size === 0) continue
    for (const one of cluster.kustomizations)
      for (const finding of orderOf(one, providers, cluster))
        yield isSure ? finding : { ...finding, level: 'warning' }
  }
}

/** Where Chart.yaml would stand if a file were one of the `crds` folder of a chart. */
function ofChart(path: string): string {
  return path.replace(/(^|\/)crds\/.*$/, '$1Chart.yaml')
}

function* orderOf(
  one: FluxKustomization,
  providers: ReadonlyMap<string, readonly Provider[]>,
  cluster: Cluster,
): Iterable<Finding> {
  const told = new Set<string>()
  for (const object of one.objects) {
    const { group, kind } = object.id
    const all = providers.get(`${group}/${kind}`) ?? providers.get(group)
    if (all === undefined || told.has(group)) continue
    if (all.some(provider => comesBefore(provider, one, cluster))) continue
    const [provider] = all
    if (provider === undefined) continue
    told.add(group)
    yield early(one, object, provider)
  }
}

/** What brings which kind: a CustomResourceDefinition by `group/kind`, a release by group. */
function providersIn(cluster: Cluster): Map<string, Provider[]> {
  const providers = new Map<string, Provider[]>()
  const add = (key: string, provider: Provider) =>
    providers.set(key, [...(providers.get(key) ?? []), provider])
  for (const owner of cluster.kustomizations)
    for (const object of owner.objects) {
      const { root } = object
      if (object.id.kind === 'CustomResourceDefinition')
        add(`${textAt(root, 'spec', 'group')}/${textAt(root, 'spec', 'names', 'kind')}`, {
          by: object,
          owner,
        })
      if (!isRelease(object) || skipsCrds(object)) continue
      for (const key of chartKinds(object, owner)) add(key, { by: object, owner })
      for (const group of CHART_GROUPS[textAt(root, 'spec', 'chart', 'spec', 'chart')] ?? [])
        add(group, { by: object, owner })
    }
  return providers
}

/** The kinds that a chart beside the manifests brings, as `group/kind`: those of its `crds` folder. */
function* chartKinds({ root, id }: KubeObject, { object, origin }: FluxKustomization) {
  const chart = mapAt(root, 'spec', 'chart', 'spec')
  const own = sourceRefOf(object)
  const isBeside =
    textAt(chart, 'sourceRef', 'kind') === own.kind &&
    textAt(chart, 'sourceRef', 'name') === own.name &&
    (textAt(chart, 'sourceRef', 'namespace') || id.namespace) === own.namespace
  if (!isBeside || origin.kind !== 'here') return
  const { tree } = origin.artifact
  const folder = cleanPath(joinRoot(origin.root, `${textAt(chart, 'chart')}/crds`))
  for (const { path, kind } of tree.list(folder)) {
    const text = kind === 'file' && /\.ya?ml$/.test(path) ? decode(tree.read(path)) : undefined
    if (typeof text !== 'string') continue
    for (const { root: crd } of parse(new Source(path, text), 'v2').documents)
      if (textAt(crd, 'kind') === 'CustomResourceDefinition')
        yield `${textAt(crd, 'spec', 'group')}/${textAt(crd, 'spec', 'names', 'kind')}`
  }
}

/** Whether a release says that it brings no CustomResourceDefinitions. */
function skipsCrds({ root }: KubeObject): boolean {
  if (textAt(root, 'spec', 'install', 'crds') === 'Skip') return true
  return [['crds', 'enabled'], ['crds', 'install'], ['crds', 'create'], ['installCRDs']].some(
    path => {
      const text = textAt(root, 'spec', 'values', ...path)
      return /^(false|no|off)$/i.test(text)
    },
  )
}

function comesBefore({ by, owner }: Provider, one: FluxKustomization, cluster: Cluster): boolean {
  if (owner === one) return by.id.kind === 'CustomResourceDefinition'
  for (let at = one.parent; at !== undefined; at = at.parent) if (at === owner) return true
  const byKey = new Map(cluster.kustomizations.map(other => [keyOf(other.object.id), other.object]))
  const seen = new Set<string>()
  for (let at: FluxKustomization | undefined = one; at !== undefined; at = at.parent)
    for (const key of reaches(at.object, byKey)) seen.add(key)
  return seen.has(keyOf(owner.object.id))
}

function early(one: FluxKustomization, object: KubeObject, { by, owner }: Provider): Finding {
  const together = owner === one
  const name = namespaceName(one.object.id)
  const source = `${by.id.kind} ${namespaceName(by.id)}`
  return {
    code: 'early-custom-resource',
    message: together
      ? `no matches for kind "${object.id.kind}": ${source} brings it, but Kustomization ${name} applies both, and nothing of it before all of it is known`
      : `no matches for kind "${object.id.kind}" until ${source} is there, and Kustomization ${name} does not depend on ${namespaceName(owner.object.id)}`,
    at: nodeAt(object.root, 'kind') ?? object.root,
    level: together ? 'error' : 'warning',
    object: formatId(object.id),
    related: [{ span: scalarAt(by.root, 'metadata', 'name') ?? by.root, text: 'brings the kind' }],
    help: together
      ? `move the ${object.id.kind} to a Kustomization of its own that depends on ${name}`
      : `add ${owner.object.id.name} to dependsOn of ${name}`,
  }
}
