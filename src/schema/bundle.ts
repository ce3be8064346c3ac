/** A JSON object whose members are looked at before they are used. */
export type Raw = { readonly [key: string]: unknown }

/** A kind that a server serves. */
export interface KindEntry {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly namespaced: boolean
  /** Status is a subresource: what a manifest says there is dropped. */
  readonly status: boolean
  /** False where the resource knows no PATCH, so that nothing can be applied (`TokenReview`). */
  readonly apply: boolean
  /** A custom resource: judged by its CRD's schema and not by Go types. */
  readonly custom: boolean
  /** Name of its type in `types`. */
  readonly type: string
}

/** The kinds of one server or set of CRDs with their schemas: what lies under `schemas/` as JSON. */
export interface Bundle {
  readonly format: 1
  /** `kubernetes`, `flux`, `cluster`, or what the user called it. */
  readonly name: string
  /** `1.36.2`; empty where there is none. */
  readonly version: string
  /** The server's whole discovery: what is not in it does not exist. */
  readonly complete: boolean
  readonly kinds: readonly KindEntry[]
  /** OpenAPI schemas by name; `$ref` holds a bare name. */
  readonly types: Readonly<Record<string, Raw>>
}

export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member that must be text; anything else reads as empty. */
export function readText(raw: Raw, key: string): string {
  const value = raw[key]
  return typeof value === 'string' ? value : ''
}

export function readList(raw: Raw, key: string): readonly unknown[] {
  const value = raw[key]
  return Array.isArray(value) ? value : []
}

export function readRecord(raw: Raw, key: string): Raw {
  const value = raw[key]
  return isRecord(value) ? value : {}
}

/** The numbers of a version: `v1.36.2-gke.1` → `1.36.2`, `v1.36` → `1.36`; empty where there are none. */
export function versionText(text: string): string {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? ''
}

/** One line for each kind and type, so that a change can be read in a diff. */
export function printBundle(bundle: Bundle): string {
  const kinds = bundle.kinds.map(kind => JSON.stringify(kind)).join(',\n')
  const types = Object.entries(bundle.types)
    .map(([name, type]) => `${JSON.stringify(name)}:${JSON.stringify(type)}`)
    .join(',\n')
  const { format, name, version, complete } = bundle
  const head = JSON.stringify({ format, name, version, complete }).slice(0, -1)
  return `${head},"kinds":[\n${kinds}\n],"types":{\n${types}\n}}\n`
}

/** Reads a bundle; an error says what is wrong with the text. */
export function readBundle(text: string): Bundle {
  const raw: unknown = JSON.parse(text)
  if (!isRecord(raw) || raw['format'] !== 1) throw new Error('not a schema bundle of format 1')
  const types: Record<string, Raw> = {}
  for (const [name, type] of Object.entries(readRecord(raw, 'types')))
    if (isRecord(type)) types[name] = type
  const kinds = readList(raw, 'kinds').filter(isRecord).map(readKind)
  const complete = raw['complete'] === true
  return {
    format: 1,
    name: readText(raw, 'name'),
    version: readText(raw, 'version'),
    complete,
    kinds,
    types,
  }
}

function readKind(raw: Raw): KindEntry {
  return {
    group: readText(raw, 'group'),
    version: readText(raw, 'version'),
    kind: readText(raw, 'kind'),
    plural: readText(raw, 'plural'),
    namespaced: raw['namespaced'] === true,
    status: raw['status'] === true,
    apply: raw['apply'] === true,
    custom: raw['custom'] === true,
    type: readText(raw, 'type'),
  }
}
