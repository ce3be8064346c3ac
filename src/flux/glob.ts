/**
 * The patterns of `${name#pattern}`: `*` (any text, `/` included), `?`, `[a-z]`, `[^a-z]`, `\x`.
 * Patterns and names are strings of bytes (one character per UTF-8 byte), as Go compares them.
 * `undefined` means the pattern is malformed at the place where the match arrived
 * (fluxcd/pkg/envsubst 1.7.0, path.Match of an early Go).
 */
export function matchGlob(pattern: string, name: string): boolean | undefined {
  let rest = pattern
  let left = name
  while (rest !== '') {
    const chunk = nextChunk(rest)
    rest = rest.slice(chunk.length)
    if (chunk.star && chunk.text === '') return true
    const here = matchChunk(chunk.text, left)
    if (here === undefined) return undefined
    if (here !== false && (here === '' || rest !== '')) {
      left = here
      continue
    }
    if (!chunk.star) return false
    const found = skipTo(chunk.text, left, rest === '')
    if (typeof found !== 'string') return found
    left = found
  }
  return left === ''
}

/** The first place behind the start where the chunk fits; as the last chunk it must use up the name. */
function skipTo(chunk: string, name: string, last: boolean): string | false | undefined {
  for (let i = 1; i <= name.length; i++) {
    const left = matchChunk(chunk, name.slice(i))
    if (left === undefined) return undefined
    if (left !== false && !(last && left !== '')) return left
  }
  return false
}

/** Stars, then everything up to the next star. */
function nextChunk(pattern: string): { star: boolean; text: string; length: number } {
  let start = 0
  while (pattern[start] === '*') start++
  let inClass = false
  let end = start
  for (; end < pattern.length; end++) {
    const char = pattern[end]
    if (char === '\\') {
      if (end + 1 < pattern.length) end++
    } else if (char === '[') inClass = true
    else if (char === ']') inClass = false
    else if (char === '*' && !inClass) break
  }
  return { star: start > 0, text: pattern.slice(start, end), length: end }
}

/** What is left of the name behind the chunk, false where it does not fit, undefined where it is malformed. */
function matchChunk(chunk: string, name: string): string | false | undefined {
  let at = 0
  let rest = name
  while (at < chunk.length) {
    if (rest === '') return false
    const char = chunk[at]
    if (char === '[') {
      const [point, width] = decodeRune(rest)
      rest = rest.slice(width)
      const next = matchClass(chunk, at + 1, point)
      if (typeof next !== 'number') return next
      at = next
    } else if (char === '?') {
      rest = rest.slice(decodeRune(rest)[1])
      at++
    } else {
      if (char === '\\') at++
      if (at >= chunk.length) return undefined
      if (chunk[at] !== rest[0]) return false
      rest = rest.slice(1)
      at++
    }
  }
  return rest
}

/** The place behind the class, false where the character is not in it, undefined where it is malformed. */
function matchClass(chunk: string, start: number, point: number): number | false | undefined {
  const negated = chunk[start] === '^'
  let at = negated ? start + 1 : start
  let found = false
  for (let ranges = 0; chunk[at] !== ']' || ranges === 0; ranges++) {
    const low = classMember(chunk, at)
    if (low === undefined) return undefined
    at = low.end
    let high = low
    if (chunk[at] === '-') {
      const upper = classMember(chunk, at + 1)
      if (upper === undefined) return undefined
      high = upper
      at = upper.end
    }
    if (low.point <= point && point <= high.point) found = true
  }
  return found === negated ? false : at + 1
}

function classMember(chunk: string, at: number): { point: number; end: number } | undefined {
  const first = chunk[at]
  if (first === undefined || first === '-' || first === ']') return undefined
  const from = first === '\\' ? at + 1 : at
  if (from >= chunk.length) return undefined
  const [point, width] = decodeRune(chunk.slice(from, from + 4))
  if ((point === 0xfffd && width === 1) || from + width >= chunk.length) return undefined
  return { point, end: from + width }
}

/** First code point of a string of bytes and its width; broken UTF-8 reads as U+FFFD of width 1. */
function decodeRune(bytes: string): readonly [number, number] {
  const first = bytes.charCodeAt(0)
  if (first < 0x80) return [first, 1]
  const width = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  const text = Buffer.from(bytes.slice(0, width), 'latin1').toString('utf8')
  const point = text.codePointAt(0) ?? 0xfffd
  const whole = String.fromCodePoint(point)
  if (point === 0xfffd && bytes.slice(0, 3) !== '\xef\xbf\xbd') return [0xfffd, 1]
  return [point, whole === text ? width : 1]
}
