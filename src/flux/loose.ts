import type { Span } from '../text/source.ts'
import { ListNode, MapNode, type Node, type Scalar } from '../yaml/node.ts'

/**
 * Values that are changed in place, as Helm changes them: what two maps share, both see. Whether a
 * `targetPath` or an inline value wins hangs on that (fluxcd/pkg/chartutil 1.27 MergeMaps, strvals).
 */
export type Loose = Scalar | Box | Row

export class Box {
  readonly entries = new Map<string, { readonly key: Scalar; readonly value: Loose }>()
  readonly at: Span

  constructor(at: Span) {
    this.at = at
  }

  get(name: string): Loose | undefined {
    return this.entries.get(name)?.value
  }

  set(key: Scalar, value: Loose): void {
    this.entries.set(key.text, { key: this.entries.get(key.text)?.key ?? key, value })
  }
}

export class Row {
  readonly items: Loose[]
  readonly at: Span

  constructor(items: Loose[], at: Span) {
    this.items = items
    this.at = at
  }
}

export function loosen(node: MapNode): Box {
  const box = new Box(node)
  for (const [i, key] of node.keys.entries()) {
    const value = node.values[i]
    if (value) box.set(key, loosenAny(value))
  }
  return box
}

function loosenAny(node: Node): Loose {
  if (node.kind === 'scalar') return node
  return node.kind === 'map' ? loosen(node) : new Row(node.items.map(loosenAny), node)
}

/** A new map of both; inner maps are new only where both have one, otherwise they are shared. */
export function mergeLoose(base: Box, over: Box): Box {
  const out = new Box(base.at)
  for (const { key, value } of base.entries.values()) out.set(key, value)
  for (const [name, { key, value }] of over.entries) {
    const old = out.get(name)
    out.set(key, value instanceof Box && old instanceof Box ? mergeLoose(old, value) : value)
  }
  return out
}

export function tighten(box: Box): MapNode {
  const entries = [...box.entries.values()]
  return new MapNode(
    entries.map(({ key }) => key),
    entries.map(({ value }) => tightenAny(value)),
    box.at,
  )
}

function tightenAny(value: Loose): Node {
  if (value instanceof Box) return tighten(value)
  return value instanceof Row ? new ListNode(value.items.map(tightenAny), value.at) : value
}
