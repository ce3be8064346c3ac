import { ListNode, type Made, MapNode, type Node, Scalar } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { Refusal } from './refusal.ts'

/**
 * A place in a tree under merge. Go mutates nodes that several lists share; the cell is what they
 * share here, so that a later step sees what an earlier one made of the same element.
 */
export interface Cell {
  node: Node
}

export function isNull(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && typeOf(node) === 'null'
}

/** kyaml IsMissingOrNull. */
export function isAbsent(cell: Cell | undefined): boolean {
  return cell === undefined || isNull(cell.node)
}

export function isEmptyMap(node: Node): boolean {
  return isNull(node) || (node.kind === 'map' && node.size === 0)
}

/** The text of a scalar; maps and lists have the empty text, as yaml.Node.Value has. */
export function textOf(node: Node): string {
  return node.kind === 'scalar' ? node.text : ''
}

const goKind = { map: 'MappingNode', list: 'SequenceNode', scalar: 'ScalarNode' } as const

/** Refuses a node of another kind; null passes (kyaml ErrorIfInvalid). */
export function demandKind(node: Node | undefined, kind: Node['kind']): void {
  if (node === undefined || isNull(node) || node.kind === kind) return
  throw new Refusal(`wrong node kind: expected ${goKind[kind]} but got ${goKind[node.kind]}`, node)
}

/** The patch's node in the place of `old`: the span is the patch's line, the old value its history. */
export function replaceNode(node: Node, old: Node | undefined): Node {
  if (old === undefined || node === old) return node
  const made = { by: 'patch', from: old }
  if (node.kind === 'map') return new MapNode(node.keys, node.values, node, node.flow, made)
  if (node.kind === 'list') return new ListNode(node.items, node, node.flow, made)
  if (old.kind !== 'scalar' || node.tag !== undefined)
    return new Scalar(node.text, node.style, node.tag, node.reader, node, made)
  return restyled(node, styleOf(old), made)
}

/**
 * The style of the old value stays in kyaml. A number over a quoted text is quoted then, and so a
 * text; a text over a folded one is folded.
 */
function restyled(node: Scalar, style: Scalar['style'], made: Made): Scalar {
  const isText = typeOf(node) === 'string'
  if (style === 'plain' && !isText)
    return new Scalar(node.text, 'plain', undefined, node.reader, node, made)
  const kept = style === 'plain' ? 'double' : style
  return new Scalar(node.text, kept, undefined, node.reader, node, made)
}

/** The style a value has in kyaml: what a transformer wrote is plain, what JSON brought as it needs. */
function styleOf(node: Scalar): Scalar['style'] {
  const by = node.made?.by
  if (by === undefined || by === 'patch' || by === 'replacement') return node.style
  if (by !== 'json') return 'plain'
  const plain = new Scalar(node.text, 'plain', undefined, 'v2', node)
  return node.style !== 'plain' && typeOf(plain) !== 'string' ? 'double' : 'plain'
}
