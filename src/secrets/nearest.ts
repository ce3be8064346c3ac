/** The known name that a misspelt one is meant as: the same but for signs and case, or two letters away. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = plainOf(name)
  const close = known
    .map(one => ({ one, away: distance(plain, plainOf(one)) }))
    .toSorted((a, b) => a.away - b.away)[0]
  return close !== undefined && close.away <= (plain.length < 6 ? 0 : 2) ? close.one : undefined
}

function plainOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '')
}

/** Letters to add, drop or replace (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++)
      next.push(
        Math.min(
          (next[j] ?? 0) + 1,
          (row[j + 1] ?? 0) + 1,
          (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1),
        ),
      )
    row = next
  }
  return row.at(-1) ?? 0
}
