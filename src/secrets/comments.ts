import type { Comment, ListNode, MapNode, Node } from '../yaml/node.ts'
import type { RawDocument } from './documents.ts'
import { fieldOf, type Leaf } from './leaves.ts'

/** A comment with those that are in force where it stands. */
export interface StackedComment {
  readonly comment: Comment
  readonly text: string
  readonly path: readonly string[]
  readonly above: readonly string[]
}

/** A document as the selectors by comment see it. */
export interface Commented {
  readonly leaves: readonly Leaf[]
  readonly comments: readonly StackedComment[]
}

interface Walk {
  readonly text: string
  readonly left: Comment[]
  readonly leaves: Leaf[]
  readonly comments: StackedComment[]
}

interface Level {
  readonly path: readonly string[]
  readonly field: string
  readonly above: readonly string[]
}

/**
 * Leaves and comments of a document with the comments in force at each (sops 3.13 sops.go): those above it
 * or at the end of its line since the item before, and those of its parents.
 */
export function withComments({ root, comments, source }: RawDocument, skip: Node): Commented {
  const left = comments.filter(one => one.start < skip.start)
  const walk: Walk = { text: source.text, left, leaves: [], comments: [] }
  walkNode(root, skip, { path: [], field: '', above: [] }, walk)
  take(walk, Infinity, { path: [], field: '', above: [] })
  return walk
}

function walkNode(node: Node, skip: Node, level: Level, walk: Walk): void {
  if (node === skip) return
  if (node.kind === 'scalar')
    walk.leaves.push({ node, path: level.path, field: level.field, comments: level.above })
  else if (node.kind === 'map') walkMap(node, skip, level, walk)
  else walkList(node, skip, level, walk)
}

function walkMap(map: MapNode, skip: Node, level: Level, walk: Walk): void {
  for (const [i, key] of map.keys.entries()) {
    const value = map.values[i]
    if (value === undefined || value === skip) continue
    const to = value.kind === 'scalar' ? endOfLine(walk.text, value.end) : key.start
    const above = [...level.above, ...take(walk, to, level)]
    const inner = { path: [...level.path, key.text], field: fieldOf(level.field, key.text), above }
    walkNode(value, skip, inner, walk)
  }
}

function walkList(list: ListNode, skip: Node, level: Level, walk: Walk): void {
  for (const [i, item] of list.items.entries()) {
    const to = item.kind === 'scalar' ? endOfLine(walk.text, item.end) : item.start
    const above = [...level.above, ...take(walk, to, level)]
    walkNode(item, skip, { ...level, field: `${level.field}[${i}]`, above }, walk)
  }
}

/** The comments up to an offset, which belong to the next item of a level. */
function take(walk: Walk, to: number, { path, above }: Level): string[] {
  const texts: string[] = []
  while ((walk.left[0]?.start ?? Infinity) < to) {
    const comment = walk.left.shift()
    if (comment === undefined) break
    const text = walk.text.slice(comment.start, comment.end)
    walk.comments.push({ comment, text, path, above: [...above, ...texts] })
    texts.push(text.replace(/^#/, ''))
  }
  return texts
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at
}
