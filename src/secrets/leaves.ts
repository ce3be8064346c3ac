import type { Comment, MapNode, Node, Scalar } from '../yaml/node.ts'
import type { RawDocument } from './documents.ts'

/** A leaf as SOPS sees it. */
export interface Leaf {
  readonly node: Scalar
  /** Mapping keys from the root; list indexes are no part. */
  readonly path: readonly string[]
  /** As people read it: `stringData.password`, `items[0].data.key`. */
  readonly field: string
  /** The comments that stand above it, at its level and at those of its parents. */
  readonly comments: readonly string[]
}

/** A comment with the path of the map it belongs to. */
export interface PlacedComment {
  readonly comment: Comment
  readonly path: readonly string[]
}

const MAX_LEAVES = 1_000_000

/** All leaves of a document but those of its metadata, aliases followed, duplicate keys included. */
export function* leavesOf(root: Node, skip?: Node): Iterable<Leaf> {
  const stack: { node: Node; path: readonly string[]; field: string }[] = [
    { node: root, path: [], field: '' },
  ]
  let count = 0
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, path, field } = top
    if (node === skip) continue
    if (++count > MAX_LEAVES) return
    if (node.kind === 'scalar') yield { node, path, field, comments: [] }
    else if (node.kind === 'list')
      for (let i = node.items.length - 1; i >= 0; i--)
        pushDefined(stack, node.items[i], path, `${field}[${i}]`)
    else
      for (let i = node.keys.length - 1; i >= 0; i--) {
        const key = node.keys[i]?.text ?? ''
        pushDefined(stack, node.values[i], [...path, key], fieldOf(field, key))
      }
  }
}

function pushDefined(
  stack: { node: Node; path: readonly string[]; field: string }[],
  node: Node | undefined,
  path: readonly string[],
  field: string,
): void {
  if (node !== undefined) stack.push({ node, path, field })
}

/** A field below another one, spelled as the API server spells it. */
export function fieldOf(parent: string, key: string): string {
  return parent === '' ? key : `${parent}.${key}`
}

/** Places each comment of a document: inside the value of a key when it is indented deeper than the key. */
export function placeComments({ root, comments }: RawDocument): PlacedComment[] {
  return comments.map(comment => ({ comment, path: placeOf(root, comment) }))
}

function placeOf(root: Node, comment: Comment): string[] {
  const path: string[] = []
  let node: Node | undefined = root
  while (node !== undefined && node.kind !== 'scalar') {
    const inner: { readonly key: string | undefined; readonly node: Node | undefined } =
      node.kind === 'map' ? entryAround(node, comment) : itemAround(node.items, comment)
    if (inner.node === undefined) break
    if (inner.key !== undefined) path.push(inner.key)
    node = inner.node
  }
  return path
}

function entryAround(
  map: MapNode,
  { start }: Comment,
): { key: string | undefined; node: Node | undefined } {
  const none = { key: undefined, node: undefined }
  let at = -1
  for (let i = 0; i < map.keys.length; i++) if ((map.keys[i]?.end ?? start) <= start) at = i
  const [key, value] = [map.keys[at], map.values[at]]
  if (key === undefined || value === undefined || value.kind === 'scalar') return none
  if (value.source !== map.source || value.start < key.end) return none
  const isInside = start < value.end && start >= value.start
  const isDeeper = columnOf(map, start) > columnOf(map, key.start)
  return isInside || isDeeper ? { key: key.text, node: value } : none
}

function itemAround(
  items: readonly Node[],
  { start }: Comment,
): { key: undefined; node: Node | undefined } {
  return { key: undefined, node: items.findLast(item => item.start <= start) }
}

function columnOf(map: MapNode, offset: number): number {
  return map.source.position(offset).column
}
