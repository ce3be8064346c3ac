import { isPrintable } from './analyze.ts'
import { isBlank, isBreak } from './chars.ts'
import { type Output, writeIndent, writeIndicator } from './output.ts'

function put(out: Output, text: string): void {
  out.text += text
  out.column += text.length
}

/** A line break: `\n` as such, others as the character they are. */
function putBreak(out: Output, c = 10): void {
  out.text += String.fromCharCode(c)
  out.column = 0
}

/** Whether a blank may be where the line goes on below. */
function folds(out: Output, text: string, i: number): boolean {
  return out.column > out.width && text.charCodeAt(i + 1) !== 32
}

export function writePlain(out: Output, text: string, breaks: boolean): void {
  if (!out.whitespace) put(out, ' ')
  writeFlow(out, text, i => breaks && folds(out, text, i), '')
  out.whitespace = false
  out.indention = false
}

export function writeSingle(out: Output, text: string, breaks: boolean): void {
  writeIndicator(out, "'", true)
  const last = text.length - 1
  writeFlow(out, text, i => breaks && i > 0 && i < last && folds(out, text, i), "'")
  writeIndicator(out, "'", false)
  out.whitespace = false
  out.indention = false
}

/** Writes text that may fold at single blanks; `quote` is doubled. */
function writeFlow(
  out: Output,
  text: string,
  mayFold: (i: number) => boolean,
  quote: string,
): void {
  let spaces = false
  let broken = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 32) {
      if (!spaces && mayFold(i)) writeIndent(out)
      else put(out, ' ')
      spaces = true
    } else if (isBreak(c)) {
      if (!broken && c === 10) putBreak(out)
      putBreak(out, c)
      out.indention = true
      broken = true
    } else {
      if (broken) writeIndent(out)
      const char = text.charAt(i)
      put(out, char === quote ? char + quote : char)
      out.indention = false
      spaces = false
      broken = false
    }
  }
}

const escapes = new Map<number, string>([
  [0x00, '0'],
  [0x07, 'a'],
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0b, 'v'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
])

export function writeDouble(out: Output, text: string, breaks: boolean): void {
  writeIndicator(out, '"', true)
  // As in libyaml, a leading byte order mark has every character escaped.
  const all = text.charCodeAt(0) === 0xfeff
  let spaces = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (all || c === 34 || c === 92 || isBreak(c) || !isPrintable(c)) {
      const code = text.codePointAt(i) ?? c
      if (code > 0xffff) i++
      put(out, escapeOf(code))
      spaces = false
    } else if (c === 32) {
      if (breaks && !spaces && out.column > out.width && i > 0 && i < text.length - 1) {
        writeIndent(out)
        if (text.charCodeAt(i + 1) === 32) put(out, '\\')
      } else put(out, ' ')
      spaces = true
    } else {
      put(out, text.charAt(i))
      spaces = false
    }
  }
  writeIndicator(out, '"', false)
  out.whitespace = false
  out.indention = false
}

function escapeOf(code: number): string {
  const short = escapes.get(code)
  if (short !== undefined) return `\\${short}`
  const hex = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  if (code <= 0xffff) return `\\u${hex.padStart(4, '0')}`
  return `\\U${hex.padStart(8, '0')}`
}

/** Indentation and chomping indicators of a block scalar. */
function blockHints(text: string): string {
  const first = text.charCodeAt(0)
  const indent = first === 32 || isBreak(first) ? '2' : ''
  const last = text.charCodeAt(text.length - 1)
  if (text === '' || !isBreak(last)) return `${indent}-`
  if (text.length === 1 || isBreak(text.charCodeAt(text.length - 2))) return `${indent}+`
  return indent
}

export function writeLiteral(out: Output, text: string): void {
  writeIndicator(out, `|${blockHints(text)}`, true)
  putBreak(out)
  out.indention = true
  out.whitespace = true
  let broken = true
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (isBreak(c)) {
      putBreak(out, c)
      out.indention = true
      broken = true
    } else {
      if (broken) writeIndent(out)
      put(out, text.charAt(i))
      out.indention = false
      broken = false
    }
  }
}

export function writeFolded(out: Output, text: string): void {
  writeIndicator(out, `>${blockHints(text)}`, true)
  putBreak(out)
  out.indention = true
  out.whitespace = true
  let broken = true
  let leadingSpaces = true
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (isBreak(c)) {
      if (!broken && !leadingSpaces && c === 10 && !beginsBlank(text)) putBreak(out)
      putBreak(out, c)
      out.indention = true
      broken = true
    } else {
      if (broken) {
        writeIndent(out)
        leadingSpaces = isBlank(c)
      }
      if (!broken && c === 32 && folds(out, text, i)) writeIndent(out)
      else put(out, text.charAt(i))
      out.indention = false
      broken = false
    }
  }
}

/** libyaml looks for the blank at the start of the whole text, not behind the break at hand. */
function beginsBlank(text: string): boolean {
  let at = 0
  while (isBreak(text.charCodeAt(at))) at++
  return at >= text.length || isBlank(text.charCodeAt(at)) || text.charCodeAt(at) === 0
}
