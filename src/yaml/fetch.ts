import { END, SPACE, isGap } from './chars.ts'
import { scanBlockScalar } from './block.ts'
import { scanDirective } from './directive.ts'
import { scanPlain } from './plain.ts'
import { scanAnchor, scanTag } from './property.ts'
import { scanQuoted } from './quoted.ts'
import {
  type Scanner,
  type SimpleKey,
  dropKey,
  keyHolds,
  noKey,
  saveKey,
  skipGaps,
  skipLineComment,
} from './scanner.ts'
import * as token from './token.ts'
import type { Token } from './token.ts'

/** go-yaml's limit of open flow collections and of open indents. */
const maxDepth = 10_000

/** The next token, which stays the next one. */
export function peekToken(s: Scanner): Token {
  fillTokens(s)
  return (
    s.tokens[s.head] ?? {
      type: token.StreamEnd,
      start: s.end,
      end: s.end,
      line: s.line,
      text: '',
      style: 'plain',
      suffix: '',
    }
  )
}

/** Steps over the next token. */
export function skipToken(s: Scanner): void {
  s.head++
  s.parsed++
  if (s.head === s.tokens.length) {
    s.tokens.length = 0
    s.head = 0
  } else if (s.head > 64) {
    s.tokens.splice(0, s.head)
    s.head = 0
  }
}

/** Scans until the head of the queue is certain; v3 looks two tokens further for its comments. */
function fillTokens(s: Scanner): void {
  const ahead = s.reader === 'v3' ? 2 : 0
  while (!s.ended) {
    if (s.head < s.tokens.length - ahead && !headMayBeKey(s)) return
    fetchToken(s)
    s.last = s.tokens[s.tokens.length - 1]?.type ?? s.last
  }
  // A key that still waits for its `:` at the end of the text is refused here.
  headMayBeKey(s)
}

function headMayBeKey(s: Scanner): boolean {
  for (let i = s.keys.length - 1; i >= 0; i--) {
    const key = s.keys[i]
    // Levels open one after the other, so the keys further down began earlier still.
    if (key === undefined || key.token < s.parsed) return false
    if (key.possible && key.token === s.parsed) return !key.lost && keyHolds(s, key)
  }
  return false
}

function fetchToken(s: Scanner): void {
  const before = s.line
  skipGaps(s)
  const column = s.pos - s.lineStart
  unroll(s, column, before)
  const c = s.peek()
  if (c === END) return fetchEnd(s)
  if (column === 0) {
    if (c === 37) return fetchDirective(s)
    if (c === 45 && isMarker(s, 45)) return fetchMarker(s, token.DocumentStart)
    if (c === 46 && isMarker(s, 46)) return fetchMarker(s, token.DocumentEnd)
  }
  fetchIndicator(s, c)
}

/** `---` or `...` here, with a gap behind. */
function isMarker(s: Scanner, c: number): boolean {
  return s.peek(1) === c && s.peek(2) === c && isGap(s.peek(3))
}

function fetchIndicator(s: Scanner, c: number): void {
  switch (c) {
    case 91:
      return openFlow(s, token.FlowSequenceStart)
    case 123:
      return openFlow(s, token.FlowMappingStart)
    case 93:
      return closeFlow(s, token.FlowSequenceEnd)
    case 125:
      return closeFlow(s, token.FlowMappingEnd)
    case 44:
      dropKey(s)
      s.keyAllowed = true
      return take(s, token.FlowEntry)
    case 45:
      return isGap(s.peek(1)) ? fetchEntry(s) : fetchPlain(s)
    case 63:
      if (s.flow > 0 || isGap(s.peek(1))) return fetchKey(s)
      return fetchPlain(s)
    case 58:
      if (s.flow > 0 || isGap(s.peek(1))) return fetchValue(s)
      return fetchPlain(s)
    default:
      return fetchContent(s, c)
  }
}

function fetchContent(s: Scanner, c: number): void {
  if (c === 42 || c === 38) {
    property(s)
    return scanAnchor(s, c === 42 ? token.Alias : token.Anchor)
  }
  if (c === 33) {
    property(s)
    return scanTag(s)
  }
  if (s.flow === 0 && (c === 124 || c === 62)) {
    dropKey(s)
    s.keyAllowed = true
    return scanBlockScalar(s, c === 124)
  }
  if (c === 39 || c === 34) {
    property(s)
    return scanQuoted(s, c === 39)
  }
  if (c <= SPACE || c === 35 || c === 124 || c === 62 || c === 37 || c === 64 || c === 96)
    s.fail('found character that cannot start any token')
  fetchPlain(s)
}

function property(s: Scanner): void {
  saveKey(s)
  s.keyAllowed = false
}

function fetchPlain(s: Scanner): void {
  property(s)
  scanPlain(s)
}

/** Consumes the one character that the token is. */
function take(s: Scanner, type: number): void {
  s.pos++
  s.push(type, s.pos - 1)
}

function fetchEnd(s: Scanner): void {
  if (s.pos !== s.lineStart) {
    s.line++
    s.lineStart = s.pos
  }
  unroll(s, -1, s.line)
  dropKey(s)
  s.keyAllowed = false
  s.push(token.StreamEnd, s.pos)
  s.ended = true
}

function fetchDirective(s: Scanner): void {
  unroll(s, -1, s.line)
  dropKey(s)
  s.keyAllowed = false
  scanDirective(s)
}

function fetchMarker(s: Scanner, type: number): void {
  unroll(s, -1, s.line)
  dropKey(s)
  s.keyAllowed = false
  s.pos += 3
  s.push(type, s.pos - 3)
}

function openFlow(s: Scanner, type: number): void {
  saveKey(s)
  s.keys.push(noKey(s.parsed + (s.tokens.length - s.head)))
  s.flow++
  if (s.flow > maxDepth) s.fail(`exceeded max depth of ${maxDepth}`)
  s.keyAllowed = true
  take(s, type)
}

function closeFlow(s: Scanner, type: number): void {
  dropKey(s)
  if (s.flow > 0) {
    s.flow--
    forgetKey(s, s.keys.pop())
  }
  s.keyAllowed = false
  take(s, type)
}

/**
 * go-yaml's index of keys by token loses the collection itself when one without a key inside it ends:
 * both go under the same number. What follows is parsed without waiting for a `:`.
 */
function forgetKey(s: Scanner, closed: SimpleKey | undefined): void {
  const outer = s.keys[s.keys.length - 1]
  if (outer && closed && outer.token === closed.token) outer.lost = true
}

function fetchEntry(s: Scanner): void {
  if (s.flow === 0) {
    if (!s.keyAllowed) s.fail('block sequence entries are not allowed in this context')
    roll(s, s.column, token.BlockSequenceStart)
  }
  dropKey(s)
  s.keyAllowed = true
  take(s, token.BlockEntry)
}

function fetchKey(s: Scanner): void {
  if (s.flow === 0) {
    if (!s.keyAllowed) s.fail('mapping keys are not allowed in this context')
    roll(s, s.column, token.BlockMappingStart)
  }
  dropKey(s)
  s.keyAllowed = s.flow === 0
  take(s, token.Key)
  if (s.reader === 'v3') skipLineComment(s)
}

function fetchValue(s: Scanner): void {
  const key = s.keys[s.keys.length - 1]
  if (key && keyHolds(s, key)) {
    insert(s, token.Key, key)
    roll(s, key.column, token.BlockMappingStart, key)
    key.possible = false
    s.keyAllowed = false
    return take(s, token.Value)
  }
  if (s.flow === 0) {
    if (!s.keyAllowed) s.fail('mapping values are not allowed in this context')
    roll(s, s.column, token.BlockMappingStart)
  }
  s.keyAllowed = s.flow === 0
  take(s, token.Value)
  if (s.reader === 'v3') skipLineComment(s)
}

/** Puts a token where a key began; behind the queue where that token is gone already. */
function insert(s: Scanner, type: number, key: SimpleKey): void {
  const index = key.token - s.parsed

  const { at, line } = key
  const made: Token = { type, start: at, end: at, line, text: '', style: 'plain', suffix: '' }
  if (index < 0) s.tokens.push(made)
  else s.tokens.splice(index + s.head, 0, made)
}

/** Opens a block collection where the column is deeper than the open one. */
function roll(s: Scanner, column: number, type: number, key?: SimpleKey): void {
  if (s.flow > 0 || s.indent >= column) return
  s.indents.push(s.indent)
  s.indent = column
  if (s.indents.length > maxDepth) s.fail(`exceeded max depth of ${maxDepth}`)
  if (key) insert(s, type, key)
  else s.push(type, s.pos)
}

/** Closes the block collections that are deeper than the column. */
function unroll(s: Scanner, column: number, line: number): void {
  if (s.flow > 0) return
  while (s.indent > column) {
    const at = s.pos
    const named = s.reader === 'v3' ? line : s.line
    s.tokens.push({
      type: token.BlockEnd,
      start: at,
      end: at,
      line: named,
      text: '',
      style: 'plain',
      suffix: '',
    })
    s.indent = s.indents.pop() ?? -1
  }
}
