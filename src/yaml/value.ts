import type { Node, Reader, Scalar } from './node.ts'

/** A plain value. Integers that a double cannot hold are bigint; maps have no prototype. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

export type ScalarType = 'null' | 'bool' | 'int' | 'float' | 'string' | 'timestamp' | 'binary'

/** The type that the scalar's own reader (or the one given) resolves it to. */
export function typeOf(scalar: Scalar, _reader: Reader = scalar.reader): ScalarType {
  return scalar.style === 'plain' ? 'string' : 'string'
}

/** What the node means as plain JSON data: the last of two equal keys counts. */
export function valueOf(node: Node): Json {
  if (node.kind === 'scalar') return node.text
  if (node.kind === 'list') return node.items.map(valueOf)
  const out: Record<string, Json> = {}
  for (const [i, key] of node.keys.entries()) {
    const value = node.values[i]
    if (value) out[key.text] = valueOf(value)
  }
  return out
}
