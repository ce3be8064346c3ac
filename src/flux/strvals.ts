import { ListNode, MapNode, type Node, plainNode, stringNode } from '../yaml/node.ts'
import type { Span } from '../text/source.ts'

/**
 * Sets one value at a `targetPath` as Helm's `--set` reads it: `a.b[0].c`, `\.` for a dot in a name.
 * A value in quotes is a string; a literal one is kept as it stands; others are typed by their text.
 */
export function setPath(
  values: MapNode,
  path: string,
  value: string,
  at: Span,
  literal: boolean,
): MapNode {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(value)
  const leaf =
    literal || quoted
      ? stringNode(quoted && !literal ? (quoted[2] ?? '') : value, at)
      : typed(value, at)
  const done = put(values, segments(path), leaf, at)
  return done.kind === 'map' ? done : values
}

function typed(text: string, at: Span): Node {
  if (/^(true|false|null)$/.test(text)) return plainNode(text, at)
  return /^(0|-?[1-9]\d*)$/.test(text) ? plainNode(text, at) : stringNode(text, at)
}

function segments(path: string): (string | number)[] {
  const found: (string | number)[] = []
  for (const match of path.matchAll(/((?:\\.|[^.[\]\\])+)|\[(\d+)\]/g))
    found.push(match[2] === undefined ? (match[1] ?? '').replace(/\\(.)/g, '$1') : Number(match[2]))
  return found
}

function put(
  node: Node | undefined,
  path: readonly (string | number)[],
  leaf: Node,
  at: Span,
): Node {
  const [first, ...rest] = path
  if (first === undefined) return leaf
  if (typeof first === 'string') {
    const map = node?.kind === 'map' ? node : new MapNode([], [], at)
    return map.with(map.key(first) ?? stringNode(first, at), put(map.get(first), rest, leaf, at))
  }
  const items = node?.kind === 'list' ? [...node.items] : []
  while (items.length < first) items.push(plainNode('null', at))
  items[first] = put(items[first], rest, leaf, at)
  return new ListNode(items, at)
}
