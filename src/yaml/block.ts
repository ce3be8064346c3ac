import { LF, SPACE, TAB, isBlank, isBreak, isDigit, isGap } from './chars.ts'
import { type Scanner, skipComment } from './scanner.ts'
import * as token from './token.ts'

/** Reads a literal (`|`) or folded (`>`) scalar. */
export function scanBlockScalar(s: Scanner, literal: boolean): void {
  const start = s.pos
  const line = s.line
  s.pos++
  const { keep, increment } = readHeader(s, line)
  skipHeaderEnd(s, line)
  let indent = 0
  if (increment > 0) indent = s.indent >= 0 ? s.indent + increment : increment
  let end = s.lineStart === s.pos ? s.pos - 1 : s.pos
  const lines = new BlockLines(s, line, indent)
  lines.skipBreaks()
  const parts: string[] = []
  let leadingBlank = false
  let lastBreak = ''
  while (s.pos - s.lineStart === lines.indent && s.pos < s.end) {
    const blank = isBlank(s.peek())
    if (!literal && !leadingBlank && !blank && lastBreak.charCodeAt(0) === LF) {
      if (lines.breaks === '') parts.push(' ')
    } else parts.push(lastBreak)
    parts.push(lines.breaks)
    lines.breaks = ''
    leadingBlank = blank
    parts.push(readLine(s))
    end = s.pos
    lastBreak = s.pos < s.end ? s.readBreak() : ''
    lines.skipBreaks()
  }
  if (keep !== -1) parts.push(lastBreak)
  if (keep === 1) parts.push(lines.breaks)
  const style = literal ? 'literal' : 'folded'
  const text = parts.join('')
  s.tokens.push({ type: token.ScalarToken, start, end, line, text, style, suffix: '' })
}

/** Chomping (1 keep, -1 strip, 0 clip) and indentation indicator, in either order. */
function readHeader(s: Scanner, line: number): { keep: number; increment: number } {
  let keep = readChomping(s)
  const increment = readIncrement(s, line)
  if (keep === 0 && increment > 0) keep = readChomping(s)
  return { keep, increment }
}

function readChomping(s: Scanner): number {
  const c = s.peek()
  if (c !== 43 && c !== 45) return 0
  s.pos++
  return c === 43 ? 1 : -1
}

function readIncrement(s: Scanner, line: number): number {
  const c = s.peek()
  if (!isDigit(c)) return 0
  if (c === 48) s.fail('found an indentation indicator equal to 0', line)
  s.pos++
  return c - 48
}

function skipHeaderEnd(s: Scanner, line: number): void {
  while (isBlank(s.peek())) s.pos++
  if (s.peek() === 35) skipComment(s)
  const c = s.peek()
  if (isBreak(c)) s.skipBreak()
  else if (!isGap(c)) s.fail('did not find expected comment or line break', line)
}

function readLine(s: Scanner): string {
  const start = s.pos
  let at = start
  while (at < s.end) {
    const c = s.text.charCodeAt(at)
    if (c === LF || (c !== SPACE && isBreak(c))) break
    at++
  }
  s.pos = at
  s.peek()
  return s.text.slice(start, at)
}

/** The indentation of a block scalar, found on its first line, and the empty lines between. */
class BlockLines {
  readonly s: Scanner
  readonly line: number
  indent: number
  breaks = ''

  constructor(s: Scanner, line: number, indent: number) {
    this.s = s
    this.line = line
    this.indent = indent
  }

  /** Steps over indentation and empty lines. */
  skipBreaks(): void {
    const { s } = this
    let deepest = 0
    for (;;) {
      while ((this.indent === 0 || s.pos - s.lineStart < this.indent) && s.peek() === SPACE) s.pos++
      const column = s.pos - s.lineStart
      if (column > deepest) deepest = column
      const c = s.peek()
      if (c === TAB && (this.indent === 0 || column < this.indent))
        s.fail('found a tab character where an indentation space is expected', this.line)
      if (!isBreak(c)) break
      this.breaks += s.readBreak()
    }
    if (this.indent === 0) this.indent = Math.max(deepest, s.indent + 1, 1)
  }
}
