import { Source, type Span } from '../text/source.ts'
import { ListNode, type Made, MapNode, type Node, Scalar, type Style } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { resolvePlain } from '../yaml/resolve.ts'
import { typeOf } from '../yaml/value.ts'
import { Refusal } from './refusal.ts'

/**
 * A place in a tree under merge. Go mutates nodes that several lists share; the cell is what they
 * share here, so that a later step sees what an earlier one made of the same element.
 */
export interface Cell {
  node: Node
}

/** What is tagged as null; an empty text that a transformer made has no tag, though it is printed as null. */
export function isNull(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && typeOf(node) === 'null' && !isTagless(node)
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

/** A node in the place of `old`, as it is. */
export function exchangeNode(node: Node, old: Node | undefined): Node {
  if (old === undefined || node === old) return node
  const made = { by: 'patch', from: old }
  if (node.kind === 'map') return new MapNode(node.keys, node.values, node, node.flow, made)
  if (node.kind === 'list') return new ListNode(node.items, node, node.flow, made)
  return new Scalar(node.text, node.style, node.tag, node.reader, node, made)
}

/** The patch's node in the place of `old`: the span is the patch's line, the old value its history. */
export function replaceNode(node: Node, old: Node | undefined): Node {
  if (old?.kind !== 'scalar' || node.kind !== 'scalar' || node === old)
    return exchangeNode(node, old)
  return restyled(node, styleOf(old), { by: 'patch', from: old })
}

const STR = 'tag:yaml.org,2002:str'

/**
 * The style of the old value stays in kyaml, the tag is the new one's. A number over a quoted text is
 * quoted then, and so a text; a text over a folded one is folded; a text over a plain number stays a
 * text, but what comes next is plain.
 */
function restyled(node: Scalar, style: Style, made: Made): Scalar {
  const { text, reader } = node
  if (node.tag !== undefined && node.tag !== STR)
    return new Scalar(text, style, node.tag, reader, node, made)
  const isText = typeOf(node) === 'string'
  const looksOther = isText && style === 'plain' && resolvePlain(text, 'v3') !== undefined
  const tag = isText || style === 'plain' ? undefined : `tag:yaml.org,2002:${typeOf(node)}`
  const quoted = tag === undefined ? made : { ...made, tag }
  return new Scalar(text, style, looksOther ? STR : undefined, isText ? 'v3' : reader, node, quoted)
}

/** The transformations that keep the style of what they change; others write a node of their own. */
const keepers = new Set(['patch', 'replacement', 'json'])
const setters = new Set([
  'image',
  'label',
  'name-prefix',
  'name-reference',
  'name-suffix',
  'namespace',
  'replicas',
  'value',
  'var',
])

/** The style a value has in kyaml. */
function styleOf(node: Scalar): Style {
  const { made, text } = node
  if (made === undefined || keepers.has(made.by)) return node.style
  if (setters.has(made.by) && made.from?.kind === 'scalar') return styleOf(made.from)
  if (text.includes('\n')) return 'literal'
  return isOther(text) ? 'double' : 'plain'
}

/** A text as kyaml sets it: in quotes only where YAML 1.1 would not read a text. */
export function textNode(text: string, at: Span, made?: Made): Scalar {
  const style = text.includes('\n') ? 'literal' : isOther(text) ? 'double' : 'plain'
  const looksOther = style === 'plain' && resolvePlain(text, 'v3') !== undefined
  return new Scalar(text, style, looksOther ? STR : undefined, 'v3', at, made)
}

/** Whether a reader of YAML 1.1 takes the text for something else than a text (IsYaml1_1NonString). */
function isOther(text: string): boolean {
  if (/^\w(?:[\w./:@=+-]*[\w./@=+-])?$/.test(text)) return isOtherWord(text)
  if (text === '' || text.includes('\n')) return false
  const { documents, problem } = parse(new Source('', text), 'v2')
  if (problem) return false
  const root = documents[0]?.root
  return root?.kind !== 'scalar' || typeOf(root) !== 'string'
}

function isOtherWord(text: string): boolean {
  const found = resolvePlain(text, 'v2')
  return found !== undefined && found.type !== 'string'
}

/**
 * A value that kyaml sets, if only to what it is already: a plain text that YAML 1.1 does not read as
 * a text is quoted from then on (FieldSetter).
 */
export function quotedIfOther(node: Node): Node {
  if (node.kind !== 'scalar' || styleOf(node) !== 'plain') return node
  const { text, tag, reader, made, style } = node
  if (style !== 'plain' || !(typeOf(node) === 'string' || isTagless(node))) return node
  // A tag that somebody wrote is a style of its own.
  if (tag !== undefined && (tag !== STR || made === undefined)) return node
  const isWritten = made === undefined && reader === 'v3'
  if (!(isWritten ? isOtherWord(text) : isOther(text))) return node
  return new Scalar(text, 'double', undefined, 'v3', node, made)
}

const typeless = new WeakSet<Scalar>()

/** The scalar as kyaml writes a text that has no tag: what is put there next is typed by its text. */
export function untyped(node: Scalar): Scalar {
  if (node.style !== 'plain' || node.tag !== undefined || typeless.has(node)) return node
  const copy = new Scalar(node.text, 'plain', undefined, node.reader, node, node.made)
  typeless.add(copy)
  return copy
}

export function isUntyped(node: Scalar): boolean {
  return typeless.has(node)
}

const tagless = new Set(['replacement', 'name-prefix', 'name-suffix', 'image', 'name-reference'])

/**
 * A node that a transformer made or set has no type in kyaml until it is read again: its text decides,
 * also after the next replacement.
 */
export function isTagless(node: Scalar): boolean {
  if (isUntyped(node)) return true
  const { style, tag, made } = node
  if (made === undefined || style !== 'plain' || tag !== undefined) return false
  return made.by === 'replacement' ? made.from === undefined : tagless.has(made.by)
}
