import type { Span } from '../text/source.ts'
import type { Node, Scalar } from '../yaml/node.ts'

/**
 * Where a range of a printed object stands in the files: the same text inside the value that it is
 * part of, or that whole value where it does not stand there as such. `printed` is the printed text as read.
 */
export function locate(
  root: Node,
  printed: Node | undefined,
  text: string,
  start: number,
  end: number,
): Span {
  const found = printed && leafAt(root, printed, start)
  if (!found) return root
  const { leaf, copy } = found
  if (leaf.made !== undefined) return leaf
  const wanted = text.slice(start, end)
  if (wanted === '') return leaf
  const nth = count(text.slice(copy.start, start), wanted)
  return occurrence(leaf, wanted, nth) ?? occurrence(leaf, firstLine(wanted), nth) ?? leaf
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trimEnd()
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

function occurrence(leaf: Scalar, wanted: string, nth: number): Span | undefined {
  const { source } = leaf
  let at = source.text.indexOf(wanted, leaf.start)
  for (let i = 0; i < nth && at !== -1; i++) at = source.text.indexOf(wanted, at + wanted.length)
  return at === -1 || at >= leaf.end ? undefined : source.span(at, at + wanted.length)
}

/** The last leaf (key or value) that begins at or before an offset of the printed text, and its node in the files. */
function leafAt(
  node: Node,
  copy: Node,
  offset: number,
): { leaf: Scalar; copy: Scalar } | undefined {
  if (node.kind === 'scalar') return copy.kind === 'scalar' ? { leaf: node, copy } : undefined
  if (node.kind === 'list' && copy.kind === 'list') {
    const at = copy.items.findLastIndex(item => item.start <= offset)
    const [item, itemCopy] = [node.items[at], copy.items[at]]
    return item && itemCopy && leafAt(item, itemCopy, offset)
  }
  if (node.kind !== 'map' || copy.kind !== 'map') return undefined
  const at = copy.keys.findLastIndex(key => key.start <= offset)
  const key = copy.keys[at]
  const value = copy.values[at]
  const mine = key && node.indexOf(key.text)
  if (!key || !value || mine === undefined) return undefined
  const [myKey, myValue] = [node.keys[mine], node.values[mine]]
  if (myKey && offset < key.end) return { leaf: myKey, copy: key }
  return myValue && leafAt(myValue, value, offset)
}
