import { LF, SPACE, TAB, hexValue, isBlank, isBreak, isGap } from './chars.ts'
import { foldBreaks, isDocumentMarker } from './plain.ts'
import type { Scanner } from './scanner.ts'
import * as token from './token.ts'

const escapes = new Map<number, string>([
  [48, '\0'],
  [97, '\x07'],
  [98, '\b'],
  [116, '\t'],
  [TAB, '\t'],
  [110, '\n'],
  [118, '\v'],
  [102, '\f'],
  [114, '\r'],
  [101, '\x1b'],
  [SPACE, ' '],
  [34, '"'],
  [39, "'"],
  [92, '\\'],
  [78, '\x85'],
  [95, '\xa0'],
  [76, '\u2028'],
  [80, '\u2029'],
])
const codeLengths = new Map<number, number>([
  [120, 2],
  [117, 4],
  [85, 8],
])

/** Reads a quoted scalar; without escapes and breaks it is a slice of the text. */
export function scanQuoted(s: Scanner, single: boolean): void {
  const start = s.pos
  const line = s.line
  const quote = single ? 39 : 34
  s.pos++
  let value = ''
  for (;;) {
    const c = s.peek()
    if (s.pos === s.lineStart && isDocumentMarker(s, c))
      s.fail('found unexpected document indicator', line)
    if (s.pos >= s.end) s.fail('found unexpected end of stream', line)
    const [word, leading] = readWord(s, quote, line)
    value += word
    if (s.peek() === quote) break
    value += readGap(s, leading)
  }
  s.pos++
  const style = single ? 'single' : 'double'
  s.tokens.push({
    type: token.ScalarToken,
    start,
    end: s.pos,
    line,
    text: value,
    style,
    suffix: '',
  })
}

/** What stands up to the next gap or the closing quote; true where an escaped line break ended it. */
function readWord(s: Scanner, quote: number, line: number): [string, boolean] {
  let value = ''
  let from = s.pos
  const { text, end } = s
  for (;;) {
    let at = s.pos
    while (at < end) {
      const c = text.charCodeAt(at)
      if (c === quote || c <= SPACE || c === 92 || (c > 126 && isBreak(c))) break
      at++
    }
    s.pos = at
    const c = s.peek()
    if (isGap(c)) return [value + text.slice(from, at), false]
    if (c === quote) {
      if (quote === 34 || s.peek(1) !== 39) return [value + text.slice(from, at), false]
      value += text.slice(from, at + 1)
      s.pos += 2
      from = s.pos
    } else if (c === 92 && quote === 34) {
      value += text.slice(from, at)
      if (isBreak(s.peek(1))) {
        s.pos++
        s.skipBreak()
        return [value, true]
      }
      value += readEscape(s, line)
      from = s.pos
    } else s.pos++
  }
}

function readEscape(s: Scanner, line: number): string {
  const c = s.peek(1)
  const plain = escapes.get(c)
  const length = codeLengths.get(c) ?? 0
  if (plain === undefined && length === 0) s.fail('found unknown escape character', line)
  s.pos += 2
  if (plain !== undefined) return plain
  let code = 0
  for (let i = 0; i < length; i++) {
    const digit = hexValue(s.peek(i))
    if (digit === -1) s.fail('did not find expected hexdecimal number', line)
    code = code * 16 + digit
  }
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    s.fail('found invalid Unicode character escape code', line)
  s.pos += length
  return String.fromCodePoint(code)
}

/** Blanks and breaks between words: kept on one line, folded over several. */
function readGap(s: Scanner, leading: boolean): string {
  let blanks = ''
  let first = ''
  let rest = ''
  let broken = leading
  for (;;) {
    const c = s.peek()
    if (isBlank(c)) {
      if (!broken) blanks += c === TAB ? '\t' : ' '
      s.pos++
    } else if (isBreak(c)) {
      if (broken) rest += s.readBreak()
      else first = s.readBreak()
      broken = true
    } else break
  }
  if (!broken) return blanks
  if (first.charCodeAt(0) === LF) return foldBreaks(first + rest)
  return first + rest
}
