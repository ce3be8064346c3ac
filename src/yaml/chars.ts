/** Character classes of go-yaml's scanner, by UTF-16 code. The end of the text reads as `END`. */
export const END = -1
export const TAB = 9
export const LF = 10
export const CR = 13
export const SPACE = 32
export const BOM = 0xfeff

export function isBreak(c: number): boolean {
  return c === LF || c === CR || c === 0x85 || c === 0x2028 || c === 0x2029
}

export function isBlank(c: number): boolean {
  return c === SPACE || c === TAB
}

/** Blank, line break or end. */
export function isGap(c: number): boolean {
  if (c > SPACE) return c === 0x85 || c === 0x2028 || c === 0x2029
  return c === SPACE || c === LF || c === TAB || c === CR || c === END
}

export function isDigit(c: number): boolean {
  return c >= 48 && c <= 57
}

/** Letters, digits, `_` and `-`: what names of anchors and tags are made of. */
export function isWord(c: number): boolean {
  return (
    (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 45
  )
}

/** The value of a hexadecimal digit, -1 for anything else. */
export function hexValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48
  if (c >= 97 && c <= 102) return c - 87
  if (c >= 65 && c <= 70) return c - 55
  return -1
}

/** Characters that begin a plain scalar wherever they stand. */
export function isPlainStart(c: number): boolean {
  if (c >= 97 && c <= 122) return true
  if (c >= 46 && c <= 57) return true
  return (c >= 65 && c <= 90) || c === 95 || c === 36 || c === 40 || c === 126
}
