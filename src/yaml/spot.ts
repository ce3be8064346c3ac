import { LF, SPACE } from './chars.ts'
import type { Node, Scalar } from './node.ts'
import type { Cursor } from './cursor.ts'

/** A quoted scalar on one line, without escapes; undefined for any other. */
export function readQuoted(q: Cursor, quote: number): Scalar | undefined {
  const { text, end, pos: start } = q
  for (let at = start + 1; at < end; at++) {
    const c = text.charCodeAt(at)
    if (c === quote) {
      if (quote === 39 && q.code(at + 1) === 39) return undefined
      const style = quote === 39 ? 'single' : 'double'
      return q.scalar(text.slice(start + 1, at), style, start, at + 1)
    }
    if (c === LF || (c === 92 && quote === 34)) return undefined
  }
  return undefined
}

/** A plain scalar up to the end of its line or a comment; undefined where a `: ` is in it. */
export function readPlain(q: Cursor): Scalar | undefined {
  const { text, end, pos: start } = q
  let last = start
  for (let at = start; at < end; at++) {
    const c = text.charCodeAt(at)
    if (c > 58) last = at
    else if (c === LF) break
    else if (c === 58) {
      const next = q.code(at + 1)
      if (next === SPACE || next === LF) return undefined
      last = at
    } else if (c === 35) {
      if (text.charCodeAt(at - 1) === SPACE) break
      last = at
    } else if (c !== SPACE) last = at
  }
  return q.scalar(text.slice(start, last + 1), 'plain', start, last + 1)
}

/** A literal scalar with its indent taken from its first line; undefined for the rarer forms. */
export function readLiteral(q: Cursor, column: number): Node | undefined {
  const { text, end, pos: start } = q
  let at = start + 1
  const mark = q.code(at)
  if (mark === 45 || mark === 43) at++
  if (q.code(at) !== LF || at >= end) return undefined
  at++
  const content = skipEmpty(q, at)
  let indent = content
  while (q.code(indent) === SPACE) indent++
  const width = indent - content
  if (width <= column || q.code(indent) === LF) return undefined
  let value = '\n'.repeat(content - at)
  let breaks = ''
  let last = content
  at = content
  for (;;) {
    const stop = lineEnd(q, at)
    value += breaks + text.slice(at + width, stop)
    last = stop
    at = stop < end ? stop + 1 : end
    breaks = stop < end ? '\n' : ''
    while (at < end) {
      const spaces = countSpaces(q, at, width)
      if (q.code(at + spaces) !== LF) break
      if (at + spaces < end) breaks += '\n'
      at = Math.min(at + spaces + 1, end)
    }
    if (at >= end || countSpaces(q, at, width) < width) break
  }
  if (mark === 43) value += breaks
  else if (mark !== 45 && breaks !== '') value += '\n'
  q.pos = at
  q.line = at
  q.nextLine()
  return q.column > column ? undefined : q.scalar(value, 'literal', start, last)
}

function skipEmpty(q: Cursor, from: number): number {
  let at = from
  while (at < q.end && q.text.charCodeAt(at) === LF) at++
  return at
}

function lineEnd(q: Cursor, at: number): number {
  const found = q.text.indexOf('\n', at)
  return found === -1 || found > q.end ? q.end : found
}

function countSpaces(q: Cursor, at: number, limit: number): number {
  let count = 0
  while (count < limit && q.code(at + count) === SPACE) count++
  return count
}
