import type { MapNode, Node } from '../yaml/node.ts'
import { textOf } from './cell.ts'
import { type FindMergeType, type MergeType, namedMergeType } from './mergekeys.ts'

/** What a schema file that a kustomization names (`openapi.path`) says. */
export interface OpenApi {
  readonly find: FindMergeType
  /** Whether the kind lives in a namespace; undefined where the file's paths do not say. */
  isNamespaced(apiVersion: string, kind: string): boolean | undefined
}

const KIND = 'x-kubernetes-group-version-kind'
const PREFIX = '#/definitions/'

/** Reads OpenAPI v2: `definitions` for merging, `paths` for scope (kyaml openapi.parse). */
export function readOpenApi(root: MapNode): OpenApi {
  const definitions = mapAt(root, 'definitions')
  const types = new Map<string, MergeType>()
  for (const definition of definitions?.values ?? [])
    for (const name of kindsOf(definition)) types.set(name, typeOf(definition, definitions))
  const scopes = scopesOf(mapAt(root, 'paths'))
  return {
    find: (apiVersion, kind) => types.get(`${apiVersion} ${kind}`),
    isNamespaced: (apiVersion, kind) => scopes.get(`${apiVersion} ${kind}`),
  }
}

function typeOf(schema: Node, definitions: MapNode | undefined): MergeType {
  const resolve = (node: Node | undefined): MergeType | undefined => {
    let at = node
    for (let steps = 0; at?.kind === 'map' && at.has('$ref') && steps < 100; steps++) {
      const name = decodePointer(textAt(at, '$ref').slice(PREFIX.length))
      const next = definitions?.get(name)
      if (next === undefined) return namedMergeType(name)
      at = next
    }
    return at?.kind === 'map' ? typeOf(at, definitions) : undefined
  }
  return {
    keys: keysOf(schema),
    field: name => resolve(mapAt(schema, 'properties')?.get(name) ?? valuesOf(schema)),
    get element() {
      return isArray(schema) ? resolve(mapAt(schema, 'items')) : undefined
    },
  }
}

function valuesOf(schema: Node): Node | undefined {
  return mapAt(schema, 'additionalProperties')
}

function isArray(schema: Node): boolean {
  const type = schema.kind === 'map' ? schema.get('type') : undefined
  if (type?.kind !== 'list') return type !== undefined && textOf(type) === 'array'
  const [first] = type.items
  return type.items.length === 1 && first !== undefined && textOf(first) === 'array'
}

function keysOf(schema: Node): readonly string[] | undefined {
  if (!textAt(schema, 'x-kubernetes-patch-strategy').split(',').includes('merge')) return undefined
  const list = schema.kind === 'map' ? schema.get('x-kubernetes-list-map-keys') : undefined
  if (list?.kind === 'list') return list.items.map(textOf)
  const key = textAt(schema, 'x-kubernetes-patch-merge-key')
  return key === '' ? [] : [key]
}

function kindsOf(schema: Node): string[] {
  const list = schema.kind === 'map' ? schema.get(KIND) : undefined
  return list?.kind === 'list' ? list.items.map(kindOf) : []
}

function kindOf(gvk: Node): string {
  const group = textAt(gvk, 'group')
  return `${group === '' ? '' : `${group}/`}${textAt(gvk, 'version')} ${textAt(gvk, 'kind')}`
}

function scopesOf(paths: MapNode | undefined): Map<string, boolean> {
  const scopes = new Map<string, boolean>()
  for (const [at, path] of (paths?.keys ?? []).entries()) {
    const gvk = mapAt(mapAt(paths?.values[at], 'get'), KIND)
    if (gvk === undefined) continue
    const kind = kindOf(gvk)
    if (path.text.includes('namespaces/{namespace}')) scopes.set(kind, true)
    else if (!scopes.has(kind)) scopes.set(kind, false)
  }
  return scopes
}

function mapAt(node: Node | undefined, key: string): MapNode | undefined {
  const value = node?.kind === 'map' ? node.get(key) : undefined
  return value?.kind === 'map' ? value : undefined
}

function textAt(node: Node, key: string): string {
  const value = node.kind === 'map' ? node.get(key) : undefined
  return value === undefined ? '' : textOf(value)
}

function decodePointer(text: string): string {
  return text.replace(/~[01]/g, code => (code === '~1' ? '/' : '~'))
}
