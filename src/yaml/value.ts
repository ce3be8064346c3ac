import type { Node, Scalar } from './node.ts'
import { type ScalarType, isStringStart, resolveScalar } from './resolve.ts'

export type { ScalarType } from './resolve.ts'

/** A plain value. Integers that a double cannot hold are bigint. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** `float64`: every number as JSON 6902 and other JSON readers of Go hold it. */
export type Numbers = 'exact' | 'float64'

/** The type that the scalar's own reader resolves it to; a v2 timestamp is a string. */
export function typeOf(scalar: Scalar): ScalarType {
  if (scalar.tag === undefined && (scalar.style !== 'plain' || isStringStart(scalar.text)))
    return 'string'
  return resolveScalar(scalar).type
}

/** Whether a node is a null: a scalar written plainly as one, or nothing at all behind a key. */
export function isNull(node: Node | undefined): boolean {
  if (node?.kind !== 'scalar' || node.style !== 'plain') return false
  const { length } = node.text
  if (node.tag === undefined && length !== 4 && length > 1) return false
  return typeOf(node) === 'null'
}

/** The text that a key has as a key of JSON: v2 writes `yes` as `true` and `0x1F` as `31`. */
export function keyText(key: Scalar): string {
  if (key.reader === 'v3') return key.text
  const { type, value } = resolveScalar(key)
  if (type === 'string' || type === 'null') return key.text
  return type === 'float' ? floatKey(Number(value)) : String(value)
}

/** sigs.k8s.io/yaml writes float keys as single precision. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  for (let precision = 1; precision <= 9; precision++) {
    const short = Number(value.toPrecision(precision))
    if (Math.fround(short) === Math.fround(value)) return String(short)
  }
  return String(value)
}

/** The value of one scalar; a timestamp as Go's JSON writes it. */
export function scalarValue(scalar: Scalar, numbers: Numbers = 'exact'): Json {
  if (scalar.tag === undefined && (scalar.style !== 'plain' || isStringStart(scalar.text)))
    return scalar.text
  const { value } = resolveScalar(scalar)
  return numbers === 'float64' && typeof value === 'bigint' ? Number(value) : value
}

/** What a node means as plain data. The last of two equal keys counts; `.inf` and `.nan` stay numbers. */
export function valueOf(node: Node, numbers: Numbers = 'exact'): Json {
  if (node.kind === 'scalar') return scalarValue(node, numbers)
  if (node.kind === 'list') {
    const list: Json[] = []
    for (const item of node.items) list.push(valueOf(item, numbers))
    return list
  }
  const out: { [key: string]: Json } = {}
  for (const [i, key] of node.keys.entries()) {
    const value = node.values[i]
    if (value === undefined) continue
    const name = keyText(key)
    if (name === '__proto__')
      Object.defineProperty(out, name, {
        value: valueOf(value, numbers),
        enumerable: true,
        configurable: true,
        writable: true,
      })
    else out[name] = valueOf(value, numbers)
  }
  return out
}
