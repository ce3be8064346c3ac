import { Source, type Span } from '../text/source.ts'
import { ListNode, type Made, MapNode, type Node, Scalar } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'

/**
 * Reads a text that stands inside a value of another file, such as `values.yaml` in a ConfigMap. Its nodes
 * point at their own lines in that file where the value is a block there, and at the whole value otherwise.
 * With `made` all of them are of that making.
 */
export function readEmbedded(text: string, at: Span, made?: Made): Node | undefined {
  const inner = new Source(at.source.path, text)
  const root = parse(inner, 'v2').documents[0]?.root
  if (root === undefined) return undefined
  const place = placer(inner, at)
  return move(root, (start, end) => place(start, end) ?? at, made)
}

/** Finds a range of the inner text in the file: line by line below the block's header, behind its indentation. */
function placer(inner: Source, at: Span): (start: number, end: number) => Span | undefined {
  const { source } = at
  if (!/^[|>]/.test(source.text.slice(at.start))) return () => undefined
  const header = source.position(at.start).line
  const first = source.line(header + 1)
  const indent = first.length - first.trimStart().length
  return (start, end) => {
    const { line, column } = inner.position(start)
    const from = source.lineStart(header + line) + indent + column - 1
    const wanted = inner.text.slice(start, Math.min(end, inner.lineStart(line + 1) - 1 || end))
    return source.text.startsWith(wanted.trimEnd(), from)
      ? source.span(from, from + wanted.trimEnd().length)
      : undefined
  }
}

function move(
  node: Node,
  place: (start: number, end: number) => Span,
  made: Made | undefined,
): Node {
  const at = place(node.start, node.end)
  if (node.kind === 'scalar')
    return new Scalar(node.text, node.style, node.tag, node.reader, at, made)
  if (node.kind === 'list')
    return new ListNode(
      node.items.map(item => move(item, place, made)),
      at,
      node.flow,
      made,
    )
  const keys = node.keys.map(
    key => new Scalar(key.text, key.style, key.tag, key.reader, place(key.start, key.end)),
  )
  return new MapNode(
    keys,
    node.values.map(value => move(value, place, made)),
    at,
    node.flow,
    made,
  )
}
