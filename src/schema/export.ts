import { type Bundle, isRecord, type KindEntry, type Raw } from './bundle.ts'
import { readList, readRecord, readText } from './bundle.ts'

/** What a server says of itself: aggregated discovery (`/api`, `/apis`) and its `/openapi/v3/*` documents. */
export interface Answers {
  readonly discovery: readonly unknown[]
  readonly documents: readonly unknown[]
}

/** Keywords that say nothing about validity. */
const DROPPED = new Set([
  'description',
  'example',
  'externalDocs',
  'title',
  'x-kubernetes-group-version-kind',
  'x-kubernetes-unions',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-patch-merge-key',
])

/**
 * Turns a server's answers into a bundle: types under short names, references bare, only what the
 * kinds of the wanted groups reach.
 */
export function bundleOf(
  answers: Answers,
  name: string,
  version: string,
  wanted: (group: string) => boolean,
): Bundle {
  const schemas = schemasOf(answers.documents)
  const named = new Map<string, string>()
  for (const [full, schema] of schemas)
    for (const gvk of readList(schema, 'x-kubernetes-group-version-kind').filter(isRecord))
      named.set(
        [readText(gvk, 'group'), readText(gvk, 'version'), readText(gvk, 'kind')].join('/'),
        full,
      )
  const kinds = kindsOf(answers.discovery, named).filter(kind => wanted(kind.group))
  const types: Record<string, Raw> = {}
  for (const kind of kinds) collect(kind.type, schemas, types)
  const sorted = Object.fromEntries(
    Object.entries(types).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )
  return { format: 1, name, version, complete: false, kinds, types: sorted }
}

function schemasOf(documents: readonly unknown[]): Map<string, Raw> {
  const found = new Map<string, Raw>()
  for (const document of documents.filter(isRecord)) {
    const schemas = readRecord(readRecord(document, 'components'), 'schemas')
    for (const [name, schema] of Object.entries(schemas))
      if (isRecord(schema)) found.set(shortName(name), schema)
  }
  return found
}

/** `io.k8s.api.apps.v1.Deployment` → `apps.v1.Deployment`; names of custom resources stay whole. */
export function shortName(name: string): string {
  return name
    .replace(/^io\.k8s\.api\./, '')
    .replace(/^io\.k8s\.apimachinery\.pkg\.apis\./, '')
    .replace(/^io\.k8s\.apimachinery\.pkg\.(?:api|util)\./, '')
    .replace(/^io\.k8s\.apimachinery\.pkg\./, '')
    .replace(/^io\.k8s\.(?:apiextensions-apiserver|kube-aggregator)\.pkg\.apis\./, '')
}

function kindsOf(discovery: readonly unknown[], named: ReadonlyMap<string, string>): KindEntry[] {
  const kinds: KindEntry[] = []
  for (const answer of discovery.filter(isRecord))
    for (const item of readList(answer, 'items').filter(isRecord)) {
      const group = readText(readRecord(item, 'metadata'), 'name')
      for (const entry of readList(item, 'versions').filter(isRecord)) {
        const version = readText(entry, 'version')
        for (const resource of readList(entry, 'resources').filter(isRecord)) {
          const kind = kindOf(resource, group, version)
          const type = named.get(`${group}/${version}/${kind.kind}`)
          if (type !== undefined) kinds.push({ ...kind, type, custom: isCustom(type) })
        }
      }
    }
  return kinds
}

/** Custom resources are published under the reversed domain of their group, which has a dot. */
function isCustom(type: string): boolean {
  return type.split('.').length > 3
}

function kindOf(resource: Raw, group: string, version: string): Omit<KindEntry, 'type' | 'custom'> {
  const subresources = readList(resource, 'subresources').filter(isRecord)
  return {
    group,
    version,
    kind: readText(readRecord(resource, 'responseKind'), 'kind'),
    plural: readText(resource, 'resource'),
    namespaced: readText(resource, 'scope') === 'Namespaced',
    status: subresources.some(sub => readText(sub, 'subresource') === 'status'),
    apply: readList(resource, 'verbs').includes('patch'),
  }
}

function collect(
  name: string,
  schemas: ReadonlyMap<string, Raw>,
  types: Record<string, Raw>,
): void {
  const schema = schemas.get(name)
  if (schema === undefined || name in types) return
  const references: string[] = []
  types[name] = {}
  types[name] = compact(schema, references)
  for (const reference of references) collect(reference, schemas, types)
}

/** A schema without what validity does not need; `allOf: [{$ref}]`, which only carries a default, becomes `$ref`. */
function compact(schema: Raw, references: string[]): Raw {
  const out: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.has(key)) continue
    if (key === '$ref' && typeof value === 'string') out[key] = refer(value, references)
    else if (key === 'properties' && isRecord(value)) out[key] = compactMembers(value, references)
    else if (key === 'allOf' && isWrapper(value)) Object.assign(out, compact(value[0], references))
    else out[key] = compactValue(value, references)
  }
  return out
}

function compactMembers(properties: Raw, references: string[]): Raw {
  const members = Object.entries(properties).map(([name, schema]) => {
    const member = isRecord(schema) ? compact(schema, references) : {}
    return [name, member] as const
  })
  return Object.fromEntries(members)
}

function compactValue(value: unknown, references: string[]): unknown {
  if (Array.isArray(value))
    return value.map(item => (isSchema(item) ? compact(item, references) : item))
  return isSchema(value) ? compact(value, references) : value
}

/** Defaults, enums and CEL rules are data; schemas are told by their keywords. */
function isSchema(value: unknown): value is Raw {
  if (!isRecord(value)) return false
  return ['type', '$ref', 'properties', 'allOf', 'oneOf', 'anyOf', 'required', 'not'].some(
    key => key in value,
  )
}

function isWrapper(value: unknown): value is readonly [Raw] {
  return Array.isArray(value) && value.length === 1 && isRecord(value[0]) && '$ref' in value[0]
}

function refer(reference: string, references: string[]): string {
  const name = shortName(reference.slice(reference.lastIndexOf('/') + 1))
  references.push(name)
  return name
}
