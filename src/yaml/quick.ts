import { LF, SPACE, isPlainStart } from './chars.ts'
import { Cursor } from './cursor.ts'
import { ListNode, MapNode, type Node, type Scalar } from './node.ts'
import { readFlow } from './flow.ts'
import { readLiteral, readPlain, readQuoted } from './spot.ts'
import { hashStep, wordAt } from './word.ts'

/** How deep the quick reader goes; it recurses, the exact one does not. */
const maxDepth = 200

/**
 * Reads ordinary manifests in one go: block maps and lists, scalars on one line, literals, flow
 * collections on one line, comments. It gives up (undefined) on everything else and on everything wrong,
 * and the exact scanner starts over: a test holds the two to the same nodes.
 */
export class Quick extends Cursor {
  /** The whole document; undefined where this reader is not the one for it. */
  document(): Node | undefined {
    this.nextLine()
    if (this.column === 0 && this.text.startsWith('---\n', this.pos)) {
      this.pos += 4
      this.line = this.pos
      this.nextLine()
    }
    if (this.column === -1) return undefined
    const root = this.block(0)
    return root !== undefined && this.column === -1 ? root : undefined
  }

  /** The collection that begins at the content ahead. */
  block(depth: number): Node | undefined {
    if (depth > maxDepth) return undefined
    return this.isEntry() ? this.list(this.column, false, depth) : this.map(this.column, depth)
  }

  isEntry(): boolean {
    if (this.code(this.pos) !== 45) return false
    const next = this.code(this.pos + 1)
    return next === SPACE || next === LF
  }

  /** A map whose first key may be known already. */
  map(column: number, depth: number, first?: Scalar): MapNode | undefined {
    const keys: Scalar[] = []
    const values: Node[] = []
    const { pos: start } = this
    for (let key = first ?? this.key(); ; key = this.key()) {
      if (key === undefined) return undefined
      this.pos = key.end + 1
      const value = this.value(column, depth)
      if (value === undefined) return undefined
      keys.push(key)
      values.push(value)
      if (this.column > column) return undefined
      if (this.column < column) break
    }
    const { end } = values[values.length - 1] ?? this
    return new MapNode(keys, values, { source: this.source, start, end })
  }

  /** A key with its `:` directly behind, on one line. */
  key(): Scalar | undefined {
    const { text, end, pos: start } = this
    const first = this.code(start)
    if (first === 34 || first === 39) {
      const quoted = readQuoted(this, first)
      const fits = quoted && quoted.text !== '<<' && quoted.end - start < 1000
      return fits && this.isValue(quoted.end) ? quoted : undefined
    }
    if (!isPlainStart(first) || (this.column === 0 && text.startsWith('...', start)))
      return undefined
    const limit = Math.min(end, start + 1000)
    let hash = 0
    for (let at = start; at < limit; at++) {
      const c = text.charCodeAt(at)
      if (c === 58 && this.isValue(at))
        return this.scalar(wordAt(text, start, at, hash), 'plain', start, at)
      if (c <= SPACE || c > 126) return undefined
      hash = hashStep(hash, c)
    }
    return undefined
  }

  /** A `:` with a gap behind. */
  isValue(at: number): boolean {
    if (this.code(at) !== 58) return false
    const next = this.code(at + 1)
    return next === SPACE || next === LF
  }

  /** What stands behind a `:` or below it. */
  value(column: number, depth: number): Node | undefined {
    const { pos: from } = this
    while (this.code(this.pos) === SPACE) this.pos++
    const c = this.code(this.pos)
    if (c !== LF && (c !== 35 || this.pos === from)) return this.inline(c, column)
    this.pos = from
    if (!this.endLine()) return undefined
    if (this.column > column) return this.block(depth + 1)
    if (this.column === column && this.isEntry()) return this.list(column, true, depth + 1)
    return this.scalar('', 'plain', from, from)
  }

  /** A scalar or flow collection with the rest of its line. */
  inline(c: number, column: number): Node | undefined {
    if (c === 124) return readLiteral(this, column)
    let node: Node | undefined
    if (c === 34 || c === 39) node = readQuoted(this, c)
    else if (c === 91 || c === 123) node = readFlow(this, 0)
    else if (isPlainStart(c) || (c === 45 && this.code(this.pos + 1) > SPACE))
      node = readPlain(this)
    if (node === undefined) return undefined
    this.pos = node.end
    return this.endLine() && this.column <= column ? node : undefined
  }

  list(column: number, indentless: boolean, depth: number): ListNode | undefined {
    if (depth > maxDepth) return undefined
    const items: Node[] = []
    const { pos: start } = this
    for (;;) {
      this.pos++
      const item = this.item(column, depth)
      if (item === undefined) return undefined
      items.push(item)
      if (this.column > column) return undefined
      if (this.column === column && this.isEntry()) continue
      if (this.column === column && !indentless) return undefined
      break
    }
    const { end } = items[items.length - 1] ?? this
    return new ListNode(items, { source: this.source, start, end })
  }

  /** What stands behind a `-` or below it. */
  item(column: number, depth: number): Node | undefined {
    const { pos: from, line } = this
    while (this.code(this.pos) === SPACE) this.pos++
    const c = this.code(this.pos)
    if (c === LF || c === 35) {
      this.pos = from
      if (!this.endLine()) return undefined
      if (this.column > column) return this.block(depth + 1)
      return this.scalar('', 'plain', from, from)
    }
    this.column = this.pos - line
    if (this.isEntry()) return this.list(this.column, false, depth + 1)
    if (c === 124) return readLiteral(this, column)
    const key = c === 91 || c === 123 ? undefined : this.key()
    if (key === undefined) return this.inline(c, column)
    return depth > maxDepth ? undefined : this.map(this.column, depth + 1, key)
  }
}
