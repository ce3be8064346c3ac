import type { Id } from '../kube/object.ts'
import { Refusal } from '../kube/refusal.ts'
import { idKey, idText } from './resid.ts'
import type { Owner, Resource } from './resource.ts'

/**
 * The resources of a build in order, found by id in one step (api/resmap). The indices follow the
 * ids lazily: a change of an id drops them, the next question rebuilds them.
 */
export class ResourceMap implements Owner {
  #list: Resource[] = []
  #current: Map<string, Resource[]> | undefined
  #any: Map<string, Resource[]> | undefined
  #names: Map<string, Resource[]> | undefined

  constructor(resources: Iterable<Resource> = []) {
    for (const resource of resources) this.append(resource)
  }

  get resources(): readonly Resource[] {
    return this.#list
  }

  idChanged(): void {
    this.#current = undefined
    this.#any = undefined
    this.#names = undefined
  }

  /** Adds at the end; refuses an id that is there already. */
  append(resource: Resource): void {
    const { id } = resource
    if (this.withId(id).length > 0)
      throw new Refusal(
        `may not add resource with an already registered id: ${idText(id)}`,
        resource.root,
      )
    this.#list.push(resource)
    resource.owner = this
    add(this.#current, idKey(id), resource)
    if (this.#any) addAll(this.#any, resource, idKey)
    if (this.#names) addAll(this.#names, resource, nameOf)
  }

  appendAll(resources: readonly Resource[]): void {
    for (const resource of resources) this.append(resource)
  }

  /** The resources that have this id now. */
  withId(id: Id): readonly Resource[] {
    this.#current ??= Map.groupBy(this.#list, resource => idKey(resource.id))
    return this.#current.get(idKey(id)) ?? []
  }

  /** The resources that have this id or had it before, in order. */
  withAnyId(id: Id): readonly Resource[] {
    if (this.#any === undefined) {
      this.#any = new Map()
      for (const resource of this.#list) addAll(this.#any, resource, idKey)
    }
    return (this.#any.get(idKey(id)) ?? []).filter(resource => !resource.isEmpty)
  }

  /** The resources that have this name or had it before, in order. */
  withName(name: string): readonly Resource[] {
    if (this.#names === undefined) {
      this.#names = new Map()
      for (const resource of this.#list) addAll(this.#names, resource, nameOf)
    }
    return this.#names.get(name) ?? []
  }

  /** The one resource that has or had this id; refuses none and several (resmap GetById). */
  byId(id: Id): Resource {
    const [found, second] = this.withAnyId(id)
    if (found && !second) return found
    const text = idText(id)
    throw new Refusal(
      `${found ? 'multiple' : 'no'} matches for Id ${text}; failed to find unique target for patch ${text}`,
    )
  }

  /** Puts a resource in the place of another. */
  replace(old: Resource, resource: Resource): void {
    const at = this.#list.indexOf(old)
    if (at === -1) return
    this.#list[at] = resource
    old.owner = undefined
    resource.owner = this
    this.idChanged()
  }

  /** Another order, or fewer resources. */
  reset(resources: readonly Resource[]): void {
    for (const resource of this.#list) resource.owner = undefined
    this.#list = [...resources]
    for (const resource of this.#list) resource.owner = this
    this.idChanged()
  }

  /** Drops what a patch deleted. */
  dropEmpty(): void {
    if (this.#list.some(resource => resource.isEmpty))
      this.reset(this.#list.filter(resource => !resource.isEmpty))
  }
}

function addAll(
  index: Map<string, Resource[]>,
  resource: Resource,
  keyOf: (id: Id) => string,
): void {
  for (const key of new Set(resource.allIds.map(keyOf))) add(index, key, resource)
}

function nameOf(id: Id): string {
  return id.name
}

function add(index: Map<string, Resource[]> | undefined, key: string, resource: Resource): void {
  const list = index?.get(key)
  if (list) list.push(resource)
  else index?.set(key, [resource])
}
