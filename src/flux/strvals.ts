import type { Span } from '../text/source.ts'
import { type Made, plainNode, type Scalar, stringNode } from '../yaml/node.ts'
import { Box, type Loose, Row } from './loose.ts'

/** A value that goes to a `targetPath`, and where it comes from. */
export interface Target {
  readonly path: string
  readonly value: string
  /** Kept as it stands, whatever is in it. */
  readonly literal: boolean
  readonly at: Span
  readonly made?: Made | undefined
}

/**
 * Sets a value at a `targetPath`, in place, as Helm's `--set` reads `path=value`: `a.b[0].c`, `\.` for a dot
 * in a name, `{a,b}` for a list, a comma before a further `path=value`. In quotes all of it is a string.
 */
export function setPath(values: Box, target: Target): void {
  const { path, value, literal } = target
  const isQuoted = /^(["'])[\s\S]*\1$/.test(value)
  if (literal) {
    assign(values, segments(path), stringNode(value, target.at, target.made))
    return
  }
  const text = isQuoted ? value.replace(/^["']+|["']+$/g, '') : value
  const [first = '', ...others] = isList(text) ? [text] : splitCommas(text)
  assign(values, segments(path), valueOf(first, target, isQuoted))
  for (const other of others) {
    const sign = other.indexOf('=')
    if (sign > 0)
      assign(
        values,
        segments(other.slice(0, sign)),
        valueOf(other.slice(sign + 1), target, isQuoted),
      )
  }
}

function isList(text: string): boolean {
  return text.startsWith('{') && text.endsWith('}')
}

function splitCommas(text: string): string[] {
  return text.split(/(?<!\\),/).map(part => part.replaceAll('\\,', ','))
}

function valueOf(text: string, target: Target, asText: boolean): Loose {
  if (!isList(text)) return leafOf(text, target, asText)
  const inner = text.slice(1, -1)
  const items = inner === '' ? [] : splitCommas(inner)
  return new Row(
    items.map(item => leafOf(item, target, asText)),
    target.at,
  )
}

function leafOf(text: string, { at, made }: Target, asText: boolean): Scalar {
  const isTyped = !asText && /^(?:true|false|null|0|-?[1-9]\d*)$/.test(text)
  return isTyped ? plainNode(text, at, made) : stringNode(text, at, made)
}

function segments(path: string): (string | number)[] {
  const found: (string | number)[] = []
  for (const match of path.matchAll(/((?:\\.|[^.[\]\\])+)|\[(\d+)\]/g))
    found.push(match[2] === undefined ? (match[1] ?? '').replace(/\\(.)/g, '$1') : Number(match[2]))
  return found
}

/** Longer lists than Helm makes (strvals MaxIndex). */
const MAX_INDEX = 65_536

function assign(values: Box, path: readonly (string | number)[], leaf: Loose): void {
  let holder: Box | Row = values
  for (const [i, part] of path.entries()) {
    if (typeof part === 'number' && part > MAX_INDEX) return
    if (i === path.length - 1) {
      put(holder, part, leaf)
      return
    }
    const known: Loose | undefined = get(holder, part)
    const wanted = typeof path[i + 1] === 'number' ? Row : Box
    const next: Box | Row =
      known instanceof wanted
        ? known
        : wanted === Row
          ? new Row([], spanOf(leaf))
          : new Box(spanOf(leaf))
    if (next !== known) put(holder, part, next)
    holder = next
  }
}

function get(holder: Box | Row, part: string | number): Loose | undefined {
  if (holder instanceof Box) return holder.get(String(part))
  return typeof part === 'number' ? holder.items[part] : undefined
}

function put(holder: Box | Row, part: string | number, value: Loose): void {
  if (holder instanceof Box) {
    holder.set(stringNode(String(part), spanOf(value)), value)
    return
  }
  if (typeof part !== 'number') return
  while (holder.items.length < part) holder.items.push(plainNode('null', spanOf(value)))
  holder.items[part] = value
}

function spanOf(value: Loose): Span {
  return value instanceof Box || value instanceof Row ? value.at : value
}
