import { CR, END, LF, SPACE, TAB, isBlank, isBreak, isGap } from './chars.ts'
import type { Scanner } from './scanner.ts'
import * as token from './token.ts'

/** Reads a scalar without quotes; one line of it is a slice of the text. */
export function scanPlain(s: Scanner): void {
  const start = s.pos
  const line = s.line
  let end = readWord(s, start)
  let value: string | undefined
  let folded = false
  if (!isGap(s.peek()) || s.peek() === END)
    return finish(s, start, line, s.text.slice(start, end), end, false)
  const indent = s.indent + 1
  for (;;) {
    const gapFrom = s.pos
    const breaks = skipGap(s, indent, line)
    folded = breaks !== ''
    if (s.flow === 0 && folded && s.pos - s.lineStart < indent) break
    const c = s.peek()
    if (c === END || c === 35 || (s.pos === s.lineStart && isDocumentMarker(s, c))) break
    const from = s.pos
    const to = readWord(s, from)
    if (to === from) break
    if (folded) {
      value = (value ?? s.text.slice(start, end)) + foldBreaks(breaks) + s.text.slice(from, to)
    } else if (value !== undefined) value += s.text.slice(gapFrom, to)
    end = to
    folded = false
    if (!isGap(s.peek()) || s.peek() === END) break
  }
  finish(s, start, line, value ?? s.text.slice(start, end), end, folded)
}

function finish(
  s: Scanner,
  start: number,
  line: number,
  text: string,
  end: number,
  folded: boolean,
): void {
  s.tokens.push({ type: token.ScalarToken, start, end, line, text, style: 'plain', suffix: '' })
  if (folded) s.keyAllowed = true
}

/** Steps over characters that are part of the scalar; gives the offset behind the last. */
function readWord(s: Scanner, from: number): number {
  const { text, end } = s
  const inFlow = s.flow > 0
  let at = from
  for (; at < end; at++) {
    const c = text.charCodeAt(at)
    if (c > 125) {
      if (c === 0x85 || c === 0x2028 || c === 0x2029) break
      continue
    }
    if (c <= SPACE) {
      if (c === SPACE || c === LF || c === CR || c === TAB) break
    } else if (c === 58) {
      if (at + 1 >= end || isGap(text.charCodeAt(at + 1))) break
    } else if (inFlow && (c === 44 || c === 63 || c === 91 || c === 93 || c === 123 || c === 125))
      break
  }
  s.pos = at
  return at
}

/** Steps over blanks and breaks; gives the breaks, empty where the line goes on. */
function skipGap(s: Scanner, indent: number, line: number): string {
  let breaks = ''
  for (;;) {
    const c = s.peek()
    if (isBlank(c)) {
      if (c === TAB && breaks !== '' && s.pos - s.lineStart < indent)
        s.fail('found a tab character that violates indentation', line)
      s.pos++
    } else if (isBreak(c)) breaks += s.readBreak()
    else return breaks
  }
}

/** One line break reads as a blank, more as all but the first. */
export function foldBreaks(breaks: string): string {
  if (breaks.charCodeAt(0) !== LF) return breaks
  return breaks.length === 1 ? ' ' : breaks.slice(1)
}

/** `---` or `...` at the start of a line. */
export function isDocumentMarker(s: Scanner, c: number): boolean {
  return (c === 45 || c === 46) && s.peek(1) === c && s.peek(2) === c && isGap(s.peek(3))
}
