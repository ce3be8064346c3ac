import type { KubeObject } from '../kube/object.ts'
import { keyFor, keyOf } from './kinds.ts'
import type { FluxKustomization } from './model.ts'

/** An object and what applies it; undefined for what nothing in the repository applies. */
export interface Placed {
  readonly object: KubeObject
  readonly owner: FluxKustomization | undefined
}

/** The objects of one cluster by identity. */
export class Lookup {
  readonly #byKey = new Map<string, Placed[]>()

  add(placed: Placed): void {
    const key = keyOf(placed.object.id)
    const known = this.#byKey.get(key)
    if (known) known.push(placed)
    else this.#byKey.set(key, [placed])
  }

  /** The object, as rendered where it is rendered, else as written. */
  find(group: string, kind: string, namespace: string, name: string): Placed | undefined {
    const all = this.#byKey.get(keyFor(group, kind, namespace, name))
    return all?.find(one => one.owner !== undefined) ?? all?.[0]
  }

  has(group: string, kind: string, namespace: string, name: string): boolean {
    return this.#byKey.has(keyFor(group, kind, namespace, name))
  }

  *all(): Iterable<Placed> {
    for (const group of this.#byKey.values()) yield* group
  }

  *groups(): Iterable<readonly Placed[]> {
    yield* this.#byKey.values()
  }
}
