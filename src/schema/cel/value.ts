import type { MapNode, Node } from '../../yaml/node.ts'
import { isNull, valueOf } from '../../yaml/value.ts'
import { isRecord, readText } from '../bundle.ts'
import { formOf } from '../scalar.ts'
import type { Type } from '../type.ts'

/** Words of CEL that a field can only be named by with underscores around. */
const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
)

/** How a rule names a field (apiextensions-apiserver pkg/apiserver/schema/cel: property escaping). */
export function celName(name: string): string {
  if (reserved.has(name)) return `__${name}__`
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__')
}

/**
 * A node as rules see it: integers as bigint, times as dates, defaults filled in, nulls that
 * defaulting drops left out. Fields of structs carry their escaped names, keys of maps their own.
 */
export function celValue(node: Node, type: Type): unknown {
  if (type.shape === 'any' || type.open) return plain(valueOf(node))
  if (node.kind === 'list') return node.items.map(item => celValue(item, type.items))
  if (node.kind === 'map')
    return type.shape === 'map' ? mapValue(node, type) : structValue(node, type)
  return scalarValue(node, type)
}

function structValue(node: MapNode, type: Type): unknown {
  const out: Record<string, unknown> = {}
  for (const name of type.names) {
    const member = type.member(name)
    const value = node.get(name)
    if (member === undefined) continue
    const isAbsent = value === undefined || (isNull(value) && !member.nullable)
    if (!isAbsent) setValue(out, celName(name), value, member)
    else if ('default' in type.memberRaw(name))
      out[celName(name)] = typed(type.memberRaw(name)['default'], member)
  }
  return out
}

/** What has no schema may be large, and no rule asks for it as a rule: it is read when one does. */
function setValue(out: Record<string, unknown>, name: string, node: Node, type: Type): void {
  if (node.kind === 'scalar' || (type.shape !== 'any' && !type.open)) {
    out[name] = celValue(node, type)
    return
  }
  let made: unknown
  const get = () => (made ??= celValue(node, type))
  Object.defineProperty(out, name, { enumerable: true, configurable: true, get })
}

function mapValue(node: MapNode, type: Type): unknown {
  const { values } = type
  const out = new Map<string, unknown>()
  for (const [i, key] of node.keys.entries()) {
    const value = node.values[i]
    if (value !== undefined)
      out.set(key.text, values ? celValue(value, values) : plain(valueOf(value)))
  }
  return out
}

function scalarValue(node: Node, type: Type): unknown {
  const value = valueOf(node)
  const form = formOf(node)
  if (form === 'int') return type.shape === 'number' ? Number(value) : BigInt(Number(value))
  return form === 'string' ? special(value, readText(type.raw, 'format')) : value
}

/** Formats that are types of their own in CEL. */
function special(value: unknown, format: string): unknown {
  if (typeof value !== 'string') return value
  if (format === 'date-time' || format === 'date') return new Date(value)
  return value
}

/** A default of the schema as rules see it. */
function typed(value: unknown, type: Type): unknown {
  if (Array.isArray(value)) return value.map(item => typed(item, type.items))
  if (isRecord(value)) return typedRecord(value, type)
  if (typeof value === 'number' && type.shape !== 'number' && Number.isInteger(value))
    return BigInt(value)
  return special(value, readText(type.raw, 'format'))
}

function typedRecord(value: Readonly<Record<string, unknown>>, type: Type): unknown {
  const { values } = type
  if (values !== undefined)
    return new Map(Object.entries(value).map(([key, one]) => [key, typed(one, values)]))
  const out: Record<string, unknown> = {}
  for (const name of type.names) {
    const member = type.member(name)
    const given = name in value ? value[name] : type.memberRaw(name)['default']
    if (member !== undefined && given !== undefined) out[celName(name)] = typed(given, member)
  }
  return out
}

/** Untyped data: whole numbers are integers there. */
function plain(value: unknown): unknown {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  if (Array.isArray(value)) return value.map(plain)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
}
