/** A table of 256 next states for each state; accepting states come last. */
export interface Automaton {
  readonly next: Uint16Array
  readonly firstAccepting: number
  /** The word of each accepting state. */
  readonly accepted: readonly string[]
}

/**
 * Aho and Corasick's automaton over the 26 letters, case folded; every other byte leaves the state as
 * it is. No word may hold another one but at its end.
 */
export function buildAutomaton(words: readonly string[]): Automaton {
  const whole = new Set(words)
  const starts = new Set([''])
  for (const word of words) for (let i = 1; i <= word.length; i++) starts.add(word.slice(0, i))
  const ordered = [...starts].sort((a, b) => Number(whole.has(a)) - Number(whole.has(b)))
  const numbers = new Map(ordered.map((text, i) => [text, i]))
  const numberOf = (text: string): number => {
    let rest = text
    while (!starts.has(rest)) rest = rest.slice(1)
    return numbers.get(rest) ?? 0
  }
  const next = new Uint16Array(ordered.length << 8)
  for (const [text, state] of numbers)
    for (let byte = 0; byte < 256; byte++) {
      const letter = letterOf(byte)
      // Behind a whole word a byte that is no letter must not report the word again.
      const rest = whole.has(text) ? numberOf(text.slice(1)) : state
      next[(state << 8) | byte] = letter === undefined ? rest : numberOf(text + letter)
    }
  const accepted = ordered.filter(text => whole.has(text))
  return { next, firstAccepting: ordered.length - accepted.length, accepted }
}

function letterOf(byte: number): string | undefined {
  const lower = byte | 0x20
  return byte >= 0x41 && lower >= 0x61 && lower <= 0x7a && byte < 0x80
    ? String.fromCharCode(lower)
    : undefined
}
