/**
 * The name most likely meant: equal but for case, else within two edits (one where the name is
 * short); undefined where nothing is near.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const lower = name.toLowerCase()
  let best: string | undefined
  let least = name.length < 4 ? 1 : name.length < 9 ? 2 : 3
  for (const candidate of names) {
    if (candidate.toLowerCase() === lower) return candidate
    const distance = editDistance(name, candidate, least)
    if (distance > least || (distance === least && best !== undefined)) continue
    best = candidate
    least = distance
  }
  return best
}

/** Edits (insert, drop, replace, swap neighbours) between two names, counted up to `most` + 1. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] ?? 0) + 1)
      row.push(value)
      least = Math.min(least, value)
    }
    if (least > most) return most + 1
    before = last
    last = row
  }
  return last[b.length] ?? most + 1
}
