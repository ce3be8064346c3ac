import { hexValue, isGap, isWord } from './chars.ts'
import type { Scanner } from './scanner.ts'
import * as token from './token.ts'

/** Reads `&name` or `*name`. */
export function scanAnchor(s: Scanner, type: number): void {
  const start = s.pos
  s.pos++
  while (isWord(s.peek())) s.pos++
  const c = s.peek()
  if (s.pos === start + 1 || !(isGap(c) || '?:,]}%@`'.includes(String.fromCharCode(c))))
    s.fail('did not find expected alphabetic or numeric character', s.line, s.pos)
  s.push(type, start, s.text.slice(start + 1, s.pos))
}

/** Reads a tag: `!<uri>`, `!handle!suffix`, `!suffix` or `!`. */
export function scanTag(s: Scanner): void {
  const start = s.pos
  let handle = ''
  let suffix: string
  if (s.peek(1) === 60) {
    s.pos += 2
    suffix = scanUri(s, '', 'tag')
    if (s.peek() !== 62) s.fail("did not find the expected '>'")
    s.pos++
  } else {
    handle = scanHandle(s, false)
    if (handle.length > 1 && handle.endsWith('!')) suffix = scanUri(s, '', 'tag')
    else {
      suffix = scanUri(s, handle, 'tag')
      handle = '!'
      if (suffix === '') {
        handle = ''
        suffix = '!'
      }
    }
  }
  if (!isGap(s.peek())) s.fail('did not find expected whitespace or line break')
  s.push(token.Tag, start, handle, 'plain', suffix)
}

/** Reads the handle of a tag: `!`, `!name!`, or the `!name` that turns out to be a suffix. */
export function scanHandle(s: Scanner, directive: boolean): string {
  const start = s.pos
  if (s.peek() !== 33) s.fail("did not find expected '!'")
  s.pos++
  while (isWord(s.peek())) s.pos++
  if (s.peek() === 33) s.pos++
  else if (directive && s.pos !== start + 1) s.fail("did not find expected '!'")
  return s.text.slice(start, s.pos)
}

/** Reads the URI part of a tag behind `head` (whose `!` is not part of it). */
export function scanUri(s: Scanner, head: string, _of: 'tag' | 'directive'): string {
  let value = head.slice(1)
  let found = head !== ''
  for (;;) {
    const c = s.peek()
    if (c === 37) value += scanUriEscape(s)
    else if (isUri(c)) {
      value += String.fromCharCode(c)
      s.pos++
    } else break
    found = true
  }
  if (!found) s.fail('did not find expected tag URI')
  return value
}

function isUri(c: number): boolean {
  return isWord(c) || (c > 0 && ";/?:@&=+$,.!~*'()[]".includes(String.fromCharCode(c)))
}

/** Reads `%XX…` for one character of UTF-8. */
function scanUriEscape(s: Scanner): string {
  const bytes: number[] = []
  let width = 1
  while (bytes.length < width) {
    const high = hexValue(s.peek(1))
    const low = hexValue(s.peek(2))
    if (s.peek() !== 37 || high === -1 || low === -1) s.fail('did not find URI escaped octet')
    const octet = high * 16 + low
    if (bytes.length === 0) {
      width = octetWidth(octet)
      if (width === 0) s.fail('found an incorrect leading UTF-8 octet')
    } else if ((octet & 0xc0) !== 0x80) s.fail('found an incorrect trailing UTF-8 octet')
    bytes.push(octet)
    s.pos += 3
  }
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

function octetWidth(octet: number): number {
  if ((octet & 0x80) === 0) return 1
  if ((octet & 0xe0) === 0xc0) return 2
  if ((octet & 0xf0) === 0xe0) return 3
  return (octet & 0xf8) === 0xf0 ? 4 : 0
}
