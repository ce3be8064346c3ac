import { Source, type Span } from '../text/source.ts'
import { MapNode, type Node, stringNode } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { print } from '../yaml/print.ts'
import { keyText } from '../yaml/value.ts'

/** One printed line and the place that made it. */
export interface OriginLine {
  readonly text: string
  /** Undefined only where a line belongs to no node. */
  readonly at: Span | undefined
  /** The transformation that made the value: `image`, `namespace`, `name-prefix` … */
  readonly by: string | undefined
}

/**
 * An object as kustomize prints it, each line with the line of the file that made it: that of the
 * value, or of the key where the value follows below. The values of Secrets are masked.
 */
export function originsOf(root: MapNode): readonly OriginLine[] {
  const shown = withoutSecrets(root)
  const text = print(shown)
  const lines = text.split('\n').slice(0, -1)
  const printed = new Source('', text)
  const origins: Origins = Array.from({ length: lines.length })
  const again = parse(printed, 'v2').documents[0]?.root
  if (again) mark(printed, again, shown, origins)
  return lines.map((line, i) => {
    const { node, offset = 0 } = origins[i] ?? {}
    return { text: line, at: node && lineOf(node, offset), by: node?.made?.by }
  })
}

/** For each printed line its node, and how many lines below the node's first it lies. */
type Origins = ({ readonly node: Node; readonly offset: number } | undefined)[]

/** Lines of a literal block, and of a file taken whole, are each found where they are written. */
function lineOf(node: Node, offset: number): Span {
  if (offset === 0 || node.kind !== 'scalar') return node
  const { source, start, end } = node
  const isFile = start === 0 && end === source.text.length
  if (!isFile && node.style !== 'literal') return node
  const line = source.position(start).line + offset - (isFile ? 1 : 0)
  const from = source.lineStart(line)
  return from >= end ? node : source.span(from, from + source.line(line).length)
}

/** Walks the printed text and the object side by side; of several nodes on a line the last counts. */
function mark(printed: Source, now: Node, node: Node, origins: Origins): void {
  if (now.kind === 'map' && node.kind === 'map') {
    const byName = indexOf(node)
    for (const [i, key] of now.keys.entries()) {
      const [oldKey, old] = byName.get(key.text) ?? []
      const value = now.values[i]
      if (oldKey === undefined || old === undefined || value === undefined) continue
      set(printed, key, oldKey, origins)
      mark(printed, value, old, origins)
    }
  } else if (now.kind === 'list' && node.kind === 'list') {
    for (const [i, item] of now.items.entries()) {
      const old = node.items[i]
      if (old) mark(printed, item, old, origins)
    }
  } else set(printed, now, node, origins)
}

function set(printed: Source, now: Node, node: Node, origins: Origins): void {
  const first = printed.position(now.start).line
  const last = printed.position(Math.max(now.start, now.end - 1)).line
  for (let line = first; line <= last; line++) origins[line - 1] = { node, offset: line - first }
}

/** Keys by the text they are printed under; the last of equal ones counts. */
function indexOf(map: MapNode): Map<string, readonly [Node, Node]> {
  const index = new Map<string, readonly [Node, Node]>()
  for (const [i, key] of map.keys.entries()) {
    const value = map.values[i]
    if (value) index.set(keyText(key), [key, value])
  }
  return index
}

const MASK = '<masked>'

/** The same object with the values of a Secret hidden; their places stay. */
export function withoutSecrets(root: MapNode): MapNode {
  const kind = root.get('kind')
  if (kind?.kind !== 'scalar' || kind.text !== 'Secret') return root
  let masked = root
  for (const field of ['data', 'stringData']) {
    const key = masked.key(field)
    const value = masked.get(field)
    if (key && value) masked = masked.with(key, hide(value))
  }
  return masked
}

function hide(node: Node): Node {
  if (node.kind !== 'map') return stringNode(MASK, node, node.made)
  return new MapNode(
    node.keys,
    node.values.map(value => stringNode(MASK, value, value.made)),
    node,
    node.flow,
    node.made,
  )
}
