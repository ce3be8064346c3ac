import { BOM, CR, END, LF, SPACE, TAB, isBlank, isBreak } from './chars.ts'
import type { Reader, Style } from './node.ts'
import * as token from './token.ts'
import { Refusal, type Token } from './token.ts'

/** A place where a key without `?` may have begun: its `:` decides. */
export interface SimpleKey {
  possible: boolean
  required: boolean
  token: number
  at: number
  line: number
  column: number
  /** Lost from go-yaml's index of keys: no longer waited for, though its `:` still finds it. */
  lost: boolean
}

/** How many characters a key without `?` may be away from its `:`. */
const keyReach = 1024

/**
 * The state of reading one stream: where we are, which indents and keys are open, which tokens wait.
 * libyaml's algorithm as go-yaml v2 and v3 run it, so that what they accept is what we accept.
 */
export class Scanner {
  readonly text: string
  readonly end: number
  readonly reader: Reader
  /** Start and end of every comment, flat. */
  readonly comments: number[] = []
  /** What to say when the text ends because its bytes are not readable from there on. */
  readonly cut: Refusal | undefined
  pos: number
  line = 0
  lineStart: number
  indent = -1
  readonly indents: number[] = []
  flow = 0
  readonly keys: SimpleKey[] = []
  keyAllowed = true
  tokens: Token[] = []
  head = 0
  parsed = 0
  ended = false
  /** Type of the token fetched last. */
  last = token.StreamStart

  constructor(text: string, from: number, to: number, reader: Reader, cut?: Refusal) {
    this.text = text
    this.pos = from < to && text.charCodeAt(from) === BOM ? from + 1 : from
    this.lineStart = this.pos
    this.end = to
    this.reader = reader
    this.cut = cut
    this.keys.push(noKey(0))
    this.push(token.StreamStart, this.pos)
  }

  get column(): number {
    return this.pos - this.lineStart
  }

  /** The character at an offset from here, `END` behind the text. */
  peek(ahead = 0): number {
    const at = this.pos + ahead
    if (at < this.end) return this.text.charCodeAt(at)
    if (this.cut) throw this.cut
    return END
  }

  /** Steps over one line break. */
  skipBreak(): void {
    this.pos += this.breakWidth()
    this.line++
    this.lineStart = this.pos
  }

  /** Steps over one line break and gives what it stands for in a scalar. */
  readBreak(): string {
    const c = this.peek()
    this.skipBreak()
    return c === 0x2028 || c === 0x2029 ? String.fromCharCode(c) : '\n'
  }

  breakWidth(): number {
    return this.peek() === CR && this.peek(1) === LF ? 2 : 1
  }

  /** Adds a token that begins at `start` (on this line) and ends here. */
  push(type: number, start: number, text = '', style: Style = 'plain', suffix = ''): void {
    this.tokens.push({ type, start, end: this.pos, line: this.line, text, style, suffix })
  }

  /** Refuses in go-yaml's words: scanner errors name the line of the context, or of the problem in v2. */
  fail(problem: string, line: number = this.line, start: number = this.pos): never {
    const named = this.reader === 'v3' && line !== 0 ? line : this.line
    throw refusal(problem, named === 0 ? 0 : named + 1, start, this)
  }
}

/** The key of a level on which none has begun yet. */
export function noKey(token: number): SimpleKey {
  return { possible: false, required: false, token, at: 0, line: 0, column: 0, lost: false }
}

/** `yaml: line N: problem`; line 0 is not named. */
export function refusal(problem: string, line: number, start: number, s: Scanner): Refusal {
  const where = line === 0 ? '' : `line ${line}: `
  return new Refusal(`yaml: ${where}${problem}`, start, Math.min(start + 1, s.end))
}

/** Whether a key may still be one: on the same line, within reach. Throws where one was required. */
export function keyHolds(s: Scanner, key: SimpleKey): boolean {
  if (!key.possible) return false
  if (key.line === s.line && (s.pos - key.at <= keyReach || length(s, key.at) <= keyReach))
    return true
  if (key.required) s.fail("could not find expected ':'", key.line, key.at)
  key.possible = false
  return false
}

/** Length in characters, not UTF-16 units, from an offset to here. */
function length(s: Scanner, from: number): number {
  let count = 0
  for (let at = from; at < s.pos; at++) {
    const c = s.text.charCodeAt(at)
    if (c < 0xdc00 || c > 0xdfff) count++
  }
  return count
}

/** Remembers that a key may begin here. */
export function saveKey(s: Scanner): void {
  if (!s.keyAllowed) return
  const column = s.pos - s.lineStart
  const key = dropKey(s)
  key.possible = true
  key.required = s.flow === 0 && s.indent === column
  key.token = s.parsed + (s.tokens.length - s.head)
  key.at = s.pos
  key.line = s.line
  key.column = column
  key.lost = false
}

/** Forgets the key of this level; throws where one was required. */
export function dropKey(s: Scanner): SimpleKey {
  const key = s.keys[s.keys.length - 1] ?? noKey(0)
  if (key.possible && key.required) s.fail("could not find expected ':'", key.line, key.at)
  key.possible = false
  return key
}

/** Steps over blanks, comments and line breaks up to the next token. */
export function skipGaps(s: Scanner): void {
  for (;;) {
    let c = s.peek()
    while (c === SPACE || (c === TAB && (s.flow > 0 || !s.keyAllowed))) c = step(s)
    if (c === 35) {
      const follow = s.reader === 'v3' && !hasTokenBefore(s)
      skipComment(s)
      if (follow) skipFollowing(s)
      c = s.peek()
    }
    if (!isBreak(c)) return
    s.skipBreak()
    if (s.flow === 0) s.keyAllowed = true
  }
}

function step(s: Scanner): number {
  s.pos++
  return s.peek()
}

/** Steps over a comment up to the end of its line. */
export function skipComment(s: Scanner): void {
  const start = s.pos
  let at = start
  while (at < s.end && !isBreak(s.text.charCodeAt(at))) at++
  s.pos = at
  s.comments.push(start, at)
}

/** Whether a comment here belongs to a token of its line (a `-` or a `---` takes none). */
function hasTokenBefore(s: Scanner): boolean {
  if (s.last === token.BlockEntry || s.last === token.DocumentStart) return false
  let at = s.pos - 1
  while (at >= s.lineStart && isBlank(s.text.charCodeAt(at))) at--
  return at >= s.lineStart
}

/** v3 takes the comments that follow in the same go, over tabs as well (but no further than 512). */
function skipFollowing(s: Scanner): void {
  for (;;) {
    let at = s.pos + 1
    const limit = Math.min(s.pos + 512, s.end)
    while (at < limit && isFiller(s.text.charCodeAt(at))) at++
    if (at >= limit || s.text.charCodeAt(at) !== 35) return
    while (s.pos < at) {
      if (isBreak(s.peek())) s.skipBreak()
      else s.pos++
    }
    skipComment(s)
  }
}

function isFiller(c: number): boolean {
  return isBlank(c) || isBreak(c)
}

/** v3 reads a comment on the line of a token at once, whatever blanks are between. */
export function skipLineComment(s: Scanner): void {
  let ahead = 0
  while (ahead < 512 && isBlank(s.peek(ahead))) ahead++
  if (ahead === 512 || s.peek(ahead) !== 35) return
  s.pos += ahead
  skipComment(s)
}
