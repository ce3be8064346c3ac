import { Source, type Span } from '../text/source.ts'
import { ListNode, MapNode, type Node, Scalar } from '../yaml/node.ts'

/** A text that stands inside another file, and the way from its offsets to the file's. */
export interface Inline {
  readonly source: Source
  /** The same node with the spans of the outer file. */
  readonly relocate: (node: Node) => Node
}

/** The text of a scalar as a source of its own; `text` is what of it is read (default: all). */
export function inlineOf(scalar: Scalar, text = scalar.text): Inline {
  const source = new Source(scalar.source.path, text, scalar.source.owner)
  const outer = outerOffset(scalar, scalar.text.indexOf(text), source)
  const at = (node: Node): Span => ({
    source: scalar.source,
    start: outer(node.start) ?? scalar.start,
    end: outer(node.end) ?? scalar.end,
  })
  const relocate = (node: Node): Node => {
    if (node.source !== source) return node
    if (node.kind === 'scalar') return moveScalar(node, at(node))
    const made = node.made
    if (node.kind === 'list')
      return new ListNode(node.items.map(relocate), at(node), node.flow, made)
    const keys = node.keys.map(key => moveScalar(key, at(key)))
    return new MapNode(keys, node.values.map(relocate), at(node), node.flow, made)
  }
  return { source, relocate }
}

function moveScalar(node: Scalar, at: Span): Scalar {
  return new Scalar(node.text, node.style, node.tag, node.reader, at, node.made)
}

type Offset = (inner: number) => number | undefined

/** Literal blocks and one-line texts map place by place; for others the whole scalar stands. */
function outerOffset(scalar: Scalar, skip: number, inner: Source): Offset {
  if (scalar.style === 'literal') return literalOffset(scalar, Math.max(0, skip), inner)
  const outer = scalar.source.text.slice(scalar.start, scalar.end)
  const at = outer.indexOf(inner.text)
  return at === -1 ? () => undefined : offset => scalar.start + at + offset
}

function literalOffset(scalar: Scalar, skip: number, inner: Source): Offset {
  const skipped = scalar.text.slice(0, skip).split('\n')
  const firstLine = scalar.source.position(scalar.start).line + skipped.length
  const indent = indentOf(scalar, inner, firstLine)
  const firstColumn = skipped.at(-1)?.length ?? 0
  return offset => {
    const { line, column } = inner.position(offset)
    const shift = line === 1 ? firstColumn : 0
    return scalar.source.lineStart(firstLine + line - 1) + indent + shift + column - 1
  }
}

function indentOf(scalar: Scalar, inner: Source, firstLine: number): number {
  for (let line = 1; line <= inner.lineCount; line++) {
    const text = inner.line(line)
    if (text.trim() === '') continue
    return Math.max(0, scalar.source.line(firstLine + line - 1).indexOf(text))
  }
  return 0
}
