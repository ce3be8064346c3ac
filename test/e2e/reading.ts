import type { Api, Ref } from './api.ts'
import { condition } from './api.ts'
import type { Cluster } from './cluster.ts'
import type { Applied } from './facts.ts'
import { dig, isObj, items, type Obj, text } from './json.ts'
import { ownedPart } from './owned.ts'
import { masked } from './prediction.ts'
import { refOf } from './story.ts'

export const KUSTOMIZATIONS = '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations'
const MANAGER = 'kustomize-controller'

/** Objects of a cluster by what identifies them. */
export type Live = ReadonlyMap<string, Obj>

/** All objects that the inventories of Kustomizations list, each resource read once. */
export async function readAll(api: Api, kustomizations: readonly Obj[]): Promise<Live> {
  const paths = new Set<string>()
  const kinds = new Map<string, Ref>()
  for (const one of kustomizations)
    for (const ref of inventory(one)) kinds.set(`${ref.apiVersion} ${ref.kind}`, ref)
  for (const ref of kinds.values()) {
    const path = await api.pathOf(ref).catch(() => undefined)
    if (path !== undefined) paths.add(collection(path))
  }
  const live = new Map<string, Obj>()
  for (const path of paths) {
    const { body } = await api.ask('GET', path)
    const [apiVersion, kind] = [text(body, 'apiVersion'), text(body, 'kind').replace(/List$/, '')]
    for (const one of items(body, 'items'))
      if (isObj(one)) {
        const object = { apiVersion, kind, ...one }
        live.set(key(refOf(object)), object)
      }
  }
  return live
}

/** Where all objects of a resource are, from where one of them is. */
function collection(path: string): string {
  return path.replace(/\/namespaces\/[^/]+\/(?=[^/]+\/[^/]+$)/, '/').replace(/\/[^/]+$/, '')
}

function key({ apiVersion, kind, metadata }: Ref): string {
  return [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ')
}

/** What the Kustomizations that are ready have applied, as their inventories list it. */
export function appliedBy(live: Live, kustomizations: readonly Obj[]): Applied[] {
  const ready = kustomizations.filter(
    one => text(one, 'kind') === 'Kustomization' && condition(one)?.status === 'True',
  )
  return ready.flatMap(one => inventory(one).flatMap(ref => appliedAs(one, live.get(key(ref)))))
}

function appliedAs(by: Obj, live: Obj | undefined): Applied[] {
  const owned = live && ownedPart(live, MANAGER)
  if (!live || !owned) return []
  const { apiVersion, kind, metadata } = refOf(live)
  const { name, namespace } = metadata
  const meta = dig(owned, 'metadata')
  const space = namespace === undefined ? {} : { namespace }
  const merged = { ...(isObj(meta) ? meta : {}), name, ...space }
  return [
    {
      by: nameOf(by),
      owned: masked({ apiVersion, kind, ...owned, metadata: merged }),
    },
  ]
}

/** What one Kustomization, `NAMESPACE/NAME`, has applied. */
export async function ownedBy({ api }: Cluster, name: string): Promise<Applied[]> {
  const all = await api.list(KUSTOMIZATIONS)
  const found = all.filter(one => nameOf(one) === name)
  return appliedBy(await readAll(api, found), found)
}

function nameOf(object: Obj): string {
  const { namespace, name } = refOf(object).metadata
  return `${namespace}/${name}`
}

function inventory(kustomization: Obj): Ref[] {
  return items(kustomization, 'status', 'inventory', 'entries').map(entry =>
    entryRef(text(entry, 'id'), text(entry, 'v')),
  )
}

/** An entry of an inventory is `NAMESPACE_NAME_GROUP_KIND`, colons of names doubled as `__`. */
function entryRef(id: string, version: string): Ref {
  const [namespace = '', ...rest] = id.split('_')
  const kind = rest.pop() ?? ''
  const group = rest.pop() ?? ''
  const name = rest.join('_').replaceAll('__', ':')
  const apiVersion = group === '' ? version : `${group}/${version}`
  return { apiVersion, kind, metadata: namespace === '' ? { name } : { name, namespace } }
}
