const letter = /^\p{L}$/u
const digit = /^\p{Nd}$/u

function isLetter(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
  return letter.test(String.fromCodePoint(code))
}

function isDigit(code: number): boolean {
  if (code < 128) return code >= 48 && code <= 57
  return digit.test(String.fromCodePoint(code))
}

/**
 * The order in which go-yaml v2 emits keys: letters behind everything else, runs of digits by their
 * number (`a2` before `a10`), the shorter of two equal beginnings first.
 */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0
  const shorter = Math.min(a.length, b.length)
  let at = 0
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++
  if (at === shorter) return a.length - b.length
  // Inside a surrogate pair the difference is one of whole characters.
  if (at > 0 && isLowSurrogate(a.charCodeAt(at)) && isLowSurrogate(b.charCodeAt(at))) at--
  const left = a.codePointAt(at) ?? 0
  const right = b.codePointAt(at) ?? 0
  const leftLetter = isLetter(left)
  const rightLetter = isLetter(right)
  if (leftLetter && rightLetter) return left - right
  if (leftLetter || rightLetter) return rightLetter ? -1 : 1
  return compareNumbers(a, b, at) || left - right
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** Compares what two keys differ in where neither has a letter: numbers, then their lengths. */
function compareNumbers(a: string, b: string, at: number): number {
  const zero = a.charCodeAt(at) === 48 || b.charCodeAt(at) === 48
  const lead = zero && followsNumber(a, at) ? 1n : 0n
  const left = readNumber(a, at, lead)
  const right = readNumber(b, at, lead)
  if (left.value !== right.value) return left.value < right.value ? -1 : 1
  return left.end - right.end
}

/** Whether digits with one that is not `0` stand directly before an offset. */
function followsNumber(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0 && isDigit(text.charCodeAt(i)); i--)
    if (text.charCodeAt(i) !== 48) return true
  return false
}

function readNumber(text: string, from: number, lead: bigint): { value: bigint; end: number } {
  let value = lead
  let end = from
  for (; end < text.length && isDigit(text.charCodeAt(end)); end++)
    value = BigInt.asIntN(64, value * 10n + BigInt(text.charCodeAt(end) - 48))
  return { value, end }
}
