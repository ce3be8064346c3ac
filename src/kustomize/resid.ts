import type { Id } from '../kube/object.ts'
import type { MapNode } from '../yaml/node.ts'
import scopes from './generated/scopes.json' with { type: 'json' }

/** Group, version and kind of a selector or a field spec; an empty part matches all. */
export interface Gvk {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** What stands for the namespace of an object that has none. */
export const NO_NAMESPACE = '_non_namespaceable_'

const known = new Map([
  ...scopes.cluster.map((kind): [string, boolean] => [kind, false]),
  ...scopes.namespaced.map((kind): [string, boolean] => [kind, true]),
])

/** Whether a kind lives in a namespace; undefined where nobody says. */
export type FindScope = (apiVersion: string, kind: string) => boolean | undefined

let findScope: FindScope | undefined

/** What is asked for kinds that kustomize does not know, while one build runs. */
export function setScopes(find: FindScope | undefined): void {
  findScope = find
}

/** `group/version` or `version`; the first slash separates (kyaml resid.ParseGroupVersion). */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/')
  if (slash === -1) return { group: '', version: apiVersion }
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

/** Whether kustomize 5.8.1 knows the kind as cluster-scoped; unknown kinds count as namespaced. */
export function isClusterScoped(gvk: Gvk): boolean {
  const apiVersion = gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`
  const isNamespaced = known.get(`${apiVersion} ${gvk.kind}`) ?? findScope?.(apiVersion, gvk.kind)
  return isNamespaced === false
}

/** Whether kustomize knows the kind's scope without looking into a schema. */
export function isKnownKind({ group, version, kind }: Gvk): boolean {
  return known.has(`${group === '' ? version : `${group}/${version}`} ${kind}`)
}

/** The namespace that counts: `default` where none is written, a mark where there can be none. */
export function effectiveNamespace(id: Id): string {
  if (id.namespace === NO_NAMESPACE || isClusterScoped(id)) return NO_NAMESPACE
  return id.namespace === '' ? 'default' : id.namespace
}

/** Equal keys mean equal ids (resid.ResId.Equals). */
export function idKey(id: Id): string {
  return `${id.group}\0${id.version}\0${id.kind}\0${effectiveNamespace(id)}\0${id.name}`
}

/** Whether a selector's group, version and kind, where given, are the id's (resid.Gvk.IsSelected). */
export function isSelected(gvk: Gvk, selector: Gvk): boolean {
  return (
    (selector.group === '' || selector.group === gvk.group) &&
    (selector.version === '' || selector.version === gvk.version) &&
    (selector.kind === '' || selector.kind === gvk.kind)
  )
}

/** `Deployment.v1.apps`, as kustomize prints kinds. */
export function gvkText(gvk: Gvk): string {
  return `${gvk.kind || '[noKind]'}.${gvk.version || '[noVer]'}.${gvk.group || '[noGrp]'}`
}

/** `Deployment.v1.apps/name.namespace`, as kustomize prints ids. */
export function idText(id: Id): string {
  return `${gvkText(id)}/${id.name || '[noName]'}.${id.namespace || '[noNs]'}`
}

/** An object's current id as kustomize reads it. */
export function idOfRoot(root: MapNode): Id {
  const metadata = root.get('metadata')
  const meta = metadata?.kind === 'map' ? metadata : undefined
  return {
    ...parseApiVersion(textAt(root, 'apiVersion')),
    kind: textAt(root, 'kind'),
    namespace: textAt(meta, 'namespace'),
    name: textAt(meta, 'name'),
  }
}

function textAt(map: MapNode | undefined, key: string): string {
  const value = map?.get(key)
  return value?.kind === 'scalar' ? value.text : ''
}
