import { Refusal } from '../kube/refusal.ts'
import type { Span } from '../text/source.ts'
import { type MapNode, type Node, Scalar, stringNode } from '../yaml/node.ts'
import { keyText, typeOf } from '../yaml/value.ts'
import { keyNode } from './resource.ts'

const goKind = { map: 'MappingNode', list: 'SequenceNode', scalar: 'ScalarNode' } as const

/** A wrong kind of node, in kyaml's words. */
export function wrongKind(node: Node, expected: Node['kind']): Refusal {
  return new Refusal(
    `wrong node kind: expected ${goKind[expected]} but got ${goKind[node.kind]}`,
    node,
  )
}

/** The scalar with another text; style stays, so a plain text is typed anew (kyaml SetScalar). */
export function withText(node: Node, text: string, at: Span, by: string, copied?: Node): Scalar {
  if (node.kind !== 'scalar') throw wrongKind(node, 'scalar')
  if (node.text === text && node.tag === undefined) return node
  const style = node.style === 'plain' ? 'plain' : 'double'
  const made = { by, from: node, ...(copied ? { copied } : {}) }
  return new Scalar(text, style, undefined, 'v3', at, made)
}

/** A string in the place of a scalar, whatever its type was (kyaml SetEntry with `!!str`). */
export function withString(node: Node, text: string, at: Span, by: string): Scalar {
  if (node.kind !== 'scalar') throw wrongKind(node, 'scalar')
  return stringNode(text, at, { by, from: node })
}

/** A key as kyaml writes it anew: without quotes, so that some texts are no strings any more. */
export function plainKey(key: Scalar, by: string): Scalar {
  const plain = keyNode(keyText(key), key, by)
  return typeOf(plain) === 'string' && plain.text === key.text ? key : plain
}

/** The map with a string at a path of keys, maps made on the way. */
export function withStringAt(root: MapNode, path: readonly string[], value: Scalar): MapNode {
  const [name = '', ...rest] = path
  const old = root.get(name)
  const key = root.key(name) ?? keyNode(name, value, value.made?.by ?? 'field')
  if (rest.length === 0) return root.with(key, value)
  if (old?.kind !== 'map') return root
  return root.with(key, withStringAt(old, rest, value))
}
