import table from './generated/merge.json' with { type: 'json' }

/** What a schema says of one field to a strategic merge (kyaml openapi.ResourceSchema). */
export interface MergeType {
  /** The keys its elements merge by; none at all: a set of primitives. Undefined: no merging list. */
  readonly keys: readonly string[] | undefined
  field(name: string): MergeType | undefined
  readonly element: MergeType | undefined
}

/** Finds the type of an object by its `apiVersion` and `kind`. */
export type FindMergeType = (apiVersion: string, kind: string) => MergeType | undefined

type Entry = number | readonly (number | string)[]

interface Fields {
  readonly [field: string]: Entry
}

const types: readonly Fields[] = Object.values(table.types)
const kinds: Readonly<Record<string, number>> = table.kinds
const names: Readonly<Record<string, number>> = table.names
const made: (MergeType | undefined)[] = []

function typeAt(index: number): MergeType | undefined {
  const fields = types[index]
  if (fields === undefined) return undefined
  return (made[index] ??= {
    keys: undefined,
    element: undefined,
    field: name => (Object.hasOwn(fields, name) ? entryType(fields[name]) : undefined),
  })
}

function entryType(entry: Entry | undefined): MergeType | undefined {
  if (entry === undefined) return undefined
  if (typeof entry === 'number') return typeAt(entry)
  const [element = -1, ...keys] = entry
  return {
    keys: keys.map(String),
    element: typeAt(Number(element)),
    field: () => undefined,
  }
}

/** The OpenAPI that kustomize 5.8.1 is built with (Kubernetes v1.21.2), reduced to merging lists. */
export const builtinMergeType: FindMergeType = (apiVersion, kind) => {
  const key = `${apiVersion} ${kind}`
  return Object.hasOwn(kinds, key) ? typeAt(kinds[key] ?? -1) : undefined
}

/** A builtin definition by its name, for schema files that refer to it. */
export function namedMergeType(name: string): MergeType | undefined {
  return Object.hasOwn(names, name) ? typeAt(names[name] ?? -1) : undefined
}
