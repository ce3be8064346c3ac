import { isRecord, type Raw, readList, readRecord, readText } from './bundle.ts'
import type { Issues } from './issue.ts'
import type { Node } from '../yaml/node.ts'

/**
 * What server-side apply's typing and Go's decoder make of a value. `struct` has named fields, `map`
 * has keys of its own, `any` is not looked into.
 */
export type Shape =
  | 'any'
  | 'boolean'
  | 'bytes'
  | 'duration'
  | 'int-or-string'
  | 'integer'
  | 'list'
  | 'map'
  | 'number'
  | 'quantity'
  | 'string'
  | 'struct'
  | 'time'

/** Go types whose schema does not say how they decode. */
const special: ReadonlyMap<string, Shape> = new Map([
  ['resource.Quantity', 'quantity'],
  ['intstr.IntOrString', 'int-or-string'],
  ['meta.v1.Time', 'time'],
  ['meta.v1.MicroTime', 'time'],
  ['meta.v1.Duration', 'duration'],
  ['runtime.RawExtension', 'any'],
  ['meta.v1.FieldsV1', 'any'],
])

/** Resolves `$ref`s of one bundle, falling back to the bundle before it. */
export class TypeTable {
  readonly #raw: Readonly<Record<string, Raw>>
  readonly #base: TypeTable | undefined
  readonly #types = new Map<string, Type>()
  /** Whether findings are kept by node, which pays where overlays share nodes. */
  readonly keeps: boolean

  constructor(raw: Readonly<Record<string, Raw>>, base?: TypeTable, keeps = true) {
    this.#raw = raw
    this.#base = base
    this.keeps = keeps
  }

  /** The type of a name; what nobody defines is anything. */
  named(name: string, custom: boolean): Type {
    const key = custom ? `${name}*` : name
    const known = this.#types.get(key)
    if (known !== undefined) return known
    const raw = Object.hasOwn(this.#raw, name) ? this.#raw[name] : undefined
    if (raw === undefined && this.#base !== undefined) return this.#base.named(name, custom)
    const type = new Type(raw ?? {}, this, custom, name)
    this.#types.set(key, type)
    return type
  }

  /** A schema in place; what it refers to is a Go type, of which custom resources use `ObjectMeta`. */
  of(raw: Raw, custom: boolean, name: string): Type {
    const reference = readText(raw, '$ref')
    if (reference === '') return new Type(raw, this, custom, name)
    return this.named(reference, false)
  }
}

/** A schema made ready for walking. Members are made on first use: an object touches few of them. */
export class Type {
  readonly raw: Raw
  /** Judged by a CRD's schema, where null, enums, patterns and bounds count as written. */
  readonly custom: boolean
  /** `core.v1.Container`; a member without a name of its own is called after its owner and field. */
  readonly name: string
  readonly shape: Shape
  readonly required: readonly string[]
  readonly enum: readonly unknown[] | undefined
  readonly listType: string
  readonly listKeys: readonly string[]
  /** Unknown fields are kept, not refused. */
  readonly open: boolean
  readonly nullable: boolean
  /** Findings by node: what several overlays share is judged once. */
  readonly memo: WeakMap<Node, Issues> | undefined
  readonly #table: TypeTable
  readonly #properties: Raw
  readonly #members = new Map<string, Type>()
  #values: Type | undefined
  #items: Type | undefined
  #names: readonly string[] | undefined
  #structs: readonly string[] | undefined

  constructor(raw: Raw, table: TypeTable, custom: boolean, name: string) {
    this.raw = raw
    this.custom = custom
    this.name = name
    this.#table = table
    this.memo = table.keeps ? new WeakMap() : undefined
    this.#properties = readRecord(raw, 'properties')
    this.open = raw['x-kubernetes-preserve-unknown-fields'] === true
    this.shape = shapeOf(raw, custom, name, this.open)
    this.required = readList(raw, 'required').filter(one => typeof one === 'string')
    this.enum = Array.isArray(raw['enum']) ? raw['enum'] : undefined
    this.listType = readText(raw, 'x-kubernetes-list-type')
    this.listKeys = readList(raw, 'x-kubernetes-list-map-keys').filter(
      one => typeof one === 'string',
    )
    this.nullable = raw['nullable'] === true
  }

  get names(): readonly string[] {
    this.#names ??= Object.keys(this.#properties)
    return this.#names
  }

  /** Fields that hold a Go struct by value: their default is `{}`. Status is the controllers' own. */
  get structs(): readonly string[] {
    this.#structs ??= this.names.filter(
      name => isRecord(this.memberRaw(name)['default']) && name !== 'status' && name !== 'metadata',
    )
    return this.#structs
  }

  member(name: string): Type | undefined {
    const known = this.#members.get(name)
    if (known !== undefined) return known
    const raw = Object.hasOwn(this.#properties, name) ? this.#properties[name] : undefined
    if (!isRecord(raw)) return undefined
    const type = this.#table.of(raw, this.custom, `${this.name}.${name}`)
    this.#members.set(name, type)
    return type
  }

  /** A member's schema as its owner writes it: its default stands beside the `$ref`. */
  memberRaw(name: string): Raw {
    return readRecord(this.#properties, name)
  }

  /** The type of a map's values; undefined where the schema has none. */
  get values(): Type | undefined {
    const raw = this.raw['additionalProperties']
    if (this.#values === undefined && isRecord(raw))
      this.#values = this.#table.of(raw, this.custom, this.name)
    return this.#values
  }

  /** The type of a list's items. */
  get items(): Type {
    this.#items ??= this.#table.of(readRecord(this.raw, 'items'), this.custom, `${this.name}[]`)
    return this.#items
  }

  /** A Go type by name: metadata of custom resources and of embedded objects. */
  go(name: string): Type {
    return this.#table.named(name, false)
  }
}

function shapeOf(raw: Raw, custom: boolean, name: string, open: boolean): Shape {
  const known = custom ? undefined : special.get(name)
  if (known !== undefined) return known
  if (raw['x-kubernetes-int-or-string'] === true) return 'int-or-string'
  switch (readText(raw, 'type')) {
    case 'object':
      return objectShape(raw, open || !custom)
    case 'array':
      return 'list'
    case 'string':
      return readText(raw, 'format') === 'byte' && !custom ? 'bytes' : 'string'
    case 'integer':
      return 'integer'
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    default:
      return readText(raw, 'format') === 'int-or-string' ? 'int-or-string' : 'any'
  }
}

function objectShape(raw: Raw, open: boolean): Shape {
  if ('properties' in raw) return 'struct'
  if (isRecord(raw['additionalProperties'])) return 'map'
  return open || raw['additionalProperties'] === true ? 'any' : 'struct'
}
