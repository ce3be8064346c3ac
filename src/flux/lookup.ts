import type { KubeObject } from '../kube/object.ts'
import { isSource, keyFor, keyOf } from './kinds.ts'
import type { Cluster, FluxKustomization } from './model.ts'
import { secretsMadeOf } from './producers.ts'
import { isResourceSet, type Template, templatesOf } from './template.ts'

/** An object and what applies it; undefined for what nothing in the repository applies. */
export interface Placed {
  readonly object: KubeObject
  readonly owner: FluxKustomization | undefined
}

/** The objects of one cluster by identity. */
export class Lookup {
  readonly #byKey = new Map<string, Placed[]>()
  readonly #templates: Template[] = []
  readonly #secrets = new Map<string, KubeObject>()

  add(placed: Placed): void {
    const key = keyOf(placed.object.id)
    const known = this.#byKey.get(key)
    if (known) known.push(placed)
    else this.#byKey.set(key, [placed])
    for (const secret of secretsMadeOf(placed.object)) this.#secrets.set(secret, placed.object)
    if (isResourceSet(placed.object)) this.#templates.push(...templatesOf(placed.object))
  }

  /** The object, as rendered where it is rendered, else as written. */
  find(group: string, kind: string, namespace: string, name: string): Placed | undefined {
    const all = this.#byKey.get(keyFor(group, kind, namespace, name))
    return all?.find(one => one.owner !== undefined) ?? all?.[0]
  }

  /** Whether the file of a Kustomization brings a source of its own, as `gotk-sync.yaml` does: it means that one. */
  hasSourceBeside({ root }: KubeObject, kind: string): boolean {
    const { path } = root.source
    return [...this.all()].some(
      ({ object }) =>
        isSource(object) && object.id.kind === kind && object.root.source.path === path,
    )
  }

  /** Whether the object is there, or is made by a ResourceSet of the cluster. */
  has(group: string, kind: string, namespace: string, name: string): boolean {
    if (this.#byKey.has(keyFor(group, kind, namespace, name))) return true
    return this.#templates.some(one => one.kind === kind && one.isNamed(namespace, name))
  }

  /** The object of which an operator makes a Secret. */
  makerOf(kind: string, namespace: string, name: string): KubeObject | undefined {
    if (kind !== 'Secret') return undefined
    return this.#secrets.get(`${namespace}/${name}`) ?? this.#secrets.get(`*/${name}`)
  }

  *all(): Iterable<Placed> {
    for (const group of this.#byKey.values()) yield* group
  }

  *groups(): Iterable<readonly Placed[]> {
    yield* this.#byKey.values()
  }
}

/** What one cluster holds in the end: what is applied, and what nothing in the repository applies. */
export function clusterLookup({ kustomizations, loose }: Cluster): Lookup {
  const lookup = new Lookup()
  for (const object of loose) lookup.add({ object, owner: undefined })
  for (const owner of kustomizations)
    for (const object of owner.objects) lookup.add({ object, owner })
  return lookup
}
