/**
 * Recorded cases repeat their manifest with one change each. A file of them says only the change: in place of
 * `"object":…` stands `"delta":[line, kept, put, rest]`: what the line of that number (from 0) has in
 * its place, `kept` characters of it, then `put`, then its last `rest` characters. Long runs of one character in `put` are
 * `[character, times]`. Lossless: it works on the text.
 */
const FIELD = /,"(?:object|yaml)":/
const END = ',"ssa":'
const DELTA = /,"delta":(\[.*\]),"ssa":/
const RUN = /(.)\1{999,}/gs

type Put = readonly (string | readonly [string, number])[]
const SEED = /^\{"id":"[^"]*","seed":"([^"]*)"/

export function packLines(lines: readonly string[]): string[] {
  const seeds = new Map<string, { readonly line: number; readonly text: string }>()
  return lines.map((line, number) => {
    const place = placeOf(line)
    const seed = SEED.exec(line)?.[1]
    if (place === undefined || seed === undefined) return line
    const text = line.slice(place.start, place.end)
    const key = `${seed} ${text.slice(0, 8)}`
    const base = seeds.get(key)
    if (base === undefined) {
      seeds.set(key, { line: number, text })
      return line
    }
    const [kept, rest] = common(base.text, text)
    const put = packRuns(text.slice(kept, text.length - rest))
    const delta = JSON.stringify([base.line, kept, put, rest])
    return `${line.slice(0, place.start)},"delta":${delta}${line.slice(place.end)}`
  })
}

export function unpackLines(lines: readonly string[]): string[] {
  return lines.map(line => {
    const match = DELTA.exec(line)
    if (match === null) return line
    const delta: readonly [number, number, Put, number] = JSON.parse(match[1] ?? '')
    const [from, kept, put, rest] = delta
    const whole = lines[from] ?? ''
    const place = placeOf(whole)
    const base = place === undefined ? '' : whole.slice(place.start, place.end)
    const text = base.slice(0, kept) + unpackRuns(put) + base.slice(base.length - rest)
    return (
      line.slice(0, match.index) + text + line.slice(match.index + match[0].length - END.length)
    )
  })
}

function packRuns(text: string): Put {
  const parts: (string | readonly [string, number])[] = []
  let from = 0
  for (const match of text.matchAll(RUN)) {
    parts.push(text.slice(from, match.index), [match[1] ?? '', match[0].length])
    from = match.index + match[0].length
  }
  return [...parts, text.slice(from)]
}

function unpackRuns(put: Put): string {
  return put.map(part => (typeof part === 'string' ? part : part[0].repeat(part[1]))).join('')
}

/** Where the manifest of a line stands, its name included. */
function placeOf(line: string): { readonly start: number; readonly end: number } | undefined {
  const start = line.search(FIELD)
  const end = line.lastIndexOf(END)
  return start === -1 || end < start ? undefined : { start, end }
}

/** Characters that two texts begin, and end, with alike. */
function common(a: string, b: string): readonly [number, number] {
  const most = Math.min(a.length, b.length)
  let first = 0
  while (first < most && a[first] === b[first]) first++
  let last = 0
  while (last < most - first && a[a.length - 1 - last] === b[b.length - 1 - last]) last++
  return [first, last]
}
