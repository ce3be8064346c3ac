import { LF, SPACE, isPlainStart } from './chars.ts'
import { ListNode, MapNode, type Node, type Scalar } from './node.ts'
import type { Cursor } from './cursor.ts'
import { readQuoted } from './spot.ts'

/** How deep flow collections nest before the exact reader takes over. */
const maxDepth = 50

/** A flow collection on one line; undefined where it is longer or odd. Leaves `pos` behind it. */
export function readFlow(q: Cursor, depth: number): Node | undefined {
  if (depth > maxDepth) return undefined
  return q.code(q.pos) === 91 ? readFlowList(q, depth) : readFlowMap(q, depth)
}

function readFlowList(q: Cursor, depth: number): Node | undefined {
  const { pos: start } = q
  const items: Node[] = []
  q.pos++
  if (skipSpaces(q) !== 93)
    for (;;) {
      const item = readFlowValue(q, depth)
      if (item === undefined) return undefined
      items.push(item)
      const c = skipSpaces(q)
      if (c === 93) break
      if (c !== 44) return undefined
      q.pos++
      skipSpaces(q)
    }
  q.pos++
  return new ListNode(items, { source: q.source, start, end: q.pos }, true)
}

function readFlowMap(q: Cursor, depth: number): Node | undefined {
  const { pos: start } = q
  const keys: Scalar[] = []
  const values: Node[] = []
  q.pos++
  if (skipSpaces(q) !== 125)
    for (;;) {
      const key = readFlowScalar(q)
      if (
        key === undefined ||
        key.text === '<<' ||
        q.code(q.pos) !== 58 ||
        q.code(q.pos + 1) !== SPACE
      )
        return undefined
      q.pos++
      skipSpaces(q)
      const value = readFlowValue(q, depth)
      if (value === undefined) return undefined
      keys.push(key)
      values.push(value)
      const c = skipSpaces(q)
      if (c === 125) break
      if (c !== 44) return undefined
      q.pos++
      skipSpaces(q)
    }
  q.pos++
  return new MapNode(keys, values, { source: q.source, start, end: q.pos }, true)
}

function readFlowValue(q: Cursor, depth: number): Node | undefined {
  const c = q.code(q.pos)
  return c === 91 || c === 123 ? readFlow(q, depth + 1) : readFlowScalar(q)
}

/** A scalar in a flow collection; leaves `pos` behind it. A merge key is for the exact reader. */
function readFlowScalar(q: Cursor): Scalar | undefined {
  const c = q.code(q.pos)
  const scalar = c === 34 || c === 39 ? readQuoted(q, c) : readFlowPlain(q, c)
  if (scalar !== undefined) q.pos = scalar.end
  return scalar
}

function readFlowPlain(q: Cursor, first: number): Scalar | undefined {
  const { text, pos: start } = q
  if (!isPlainStart(first) && !(first === 45 && isPlainStart(q.code(start + 1)))) return undefined
  let last = start
  for (let at = start; ; at++) {
    const c = q.code(at)
    if (c === LF || c === 91 || c === 123 || c === 63) return undefined
    if (c === 44 || c === 93 || c === 125) break
    if (c === 58 && (q.code(at + 1) === SPACE || q.code(at + 1) === LF)) break
    if (c === 35 && text.charCodeAt(at - 1) === SPACE) return undefined
    if (c !== SPACE) last = at
  }
  return q.scalar(text.slice(start, last + 1), 'plain', start, last + 1)
}

function skipSpaces(q: Cursor): number {
  while (q.code(q.pos) === SPACE) q.pos++
  return q.code(q.pos)
}
