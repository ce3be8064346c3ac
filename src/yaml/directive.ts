import { isBlank, isBreak, isDigit, isGap, isWord } from './chars.ts'
import { scanHandle, scanUri } from './property.ts'
import { type Scanner, skipComment } from './scanner.ts'
import * as token from './token.ts'

/** Reads a `%YAML` or `%TAG` directive with its line. */
export function scanDirective(s: Scanner): void {
  const start = s.pos
  s.pos++
  const nameStart = s.pos
  while (isWord(s.peek())) s.pos++
  const name = s.text.slice(nameStart, s.pos)
  if (name === '') s.fail('could not find expected directive name')
  if (!isGap(s.peek())) s.fail('found unexpected non-alphabetical character')
  if (name === 'YAML') scanVersion(s, start)
  else if (name === 'TAG') scanTagDirective(s, start)
  else s.fail('found unknown directive name')
  skipBlanks(s)
  if (s.peek() === 35) skipComment(s)
  const c = s.peek()
  if (isBreak(c)) s.skipBreak()
  else if (!isGap(c)) s.fail('did not find expected comment or line break')
}

function skipBlanks(s: Scanner): void {
  while (isBlank(s.peek())) s.pos++
}

function scanVersion(s: Scanner, start: number): void {
  skipBlanks(s)
  const major = scanNumber(s)
  if (s.peek() !== 46) s.fail("did not find expected digit or '.' character")
  s.pos++
  const minor = scanNumber(s)
  s.push(token.VersionDirective, start, '', 'plain', `${major}.${minor}`)
}

function scanNumber(s: Scanner): number {
  let value = 0
  let length = 0
  for (; isDigit(s.peek()); s.pos++) {
    length++
    if (length > 2) s.fail('found extremely long version number')
    value = value * 10 + s.peek() - 48
  }
  if (length === 0) s.fail('did not find expected version number')
  return value
}

function scanTagDirective(s: Scanner, start: number): void {
  skipBlanks(s)
  const handle = scanHandle(s, true)
  if (!isBlank(s.peek())) s.fail('did not find expected whitespace')
  skipBlanks(s)
  const prefix = scanUri(s, '', 'directive')
  if (!isGap(s.peek())) s.fail('did not find expected whitespace or line break')
  s.push(token.TagDirective, start, handle, 'plain', prefix)
}
