import type { MapNode } from '../yaml/node.ts'

/** What the API calls an object by. `group` is empty for core; `namespace` is empty where none is written. */
export interface Id {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

export interface KubeObject {
  readonly id: Id
  readonly root: MapNode
}

export function scalarText(node: MapNode | undefined, key: string): string {
  const value = node?.get(key)
  return value?.kind === 'scalar' ? value.text : ''
}

/** Reads an object's identity off its fields; what is missing or no scalar reads as empty. */
export function idOf(root: MapNode): Id {
  const apiVersion = scalarText(root, 'apiVersion')
  const slash = apiVersion.lastIndexOf('/')
  const metadata = root.get('metadata')
  const meta = metadata?.kind === 'map' ? metadata : undefined
  return {
    group: slash === -1 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: scalarText(root, 'kind'),
    namespace: scalarText(meta, 'namespace'),
    name: scalarText(meta, 'name'),
  }
}

export function apiVersionOf(id: Id): string {
  return id.group === '' ? id.version : `${id.group}/${id.version}`
}

/** `apiVersion Kind [namespace/]name`: how reports name an object. */
export function formatId(id: Id): string {
  const name = id.namespace === '' ? id.name : `${id.namespace}/${id.name}`
  return `${apiVersionOf(id)} ${id.kind} ${name}`
}
