/** A table of 32 next states for each state, one for each letter; accepting states come last. */
export interface Automaton {
  /** By state, times 32, and `letters` of a byte: small enough to stay close to the processor. */
  readonly next: Uint16Array
  readonly firstAccepting: number
  /** The word of each accepting state. */
  readonly accepted: readonly string[]
}

const LETTERS = 26

/** The letter that a byte is, from 1; 0 where it is none. */
export const letters = new Uint8Array(256)
for (let letter = 0; letter < LETTERS; letter++)
  letters[0x61 + letter] = letters[0x41 + letter] = letter + 1

/**
 * Aho and Corasick's automaton over the 26 letters, case folded; every other byte leaves the state as
 * it is. No word may hold another one but at its end.
 */
export function buildAutomaton(words: readonly string[]): Automaton {
  const whole = new Set(words)
  const starts = new Set([''])
  for (const word of words) for (let i = 1; i <= word.length; i++) starts.add(word.slice(0, i))
  // By length, so that a state's fallback is complete before the state itself is looked at.
  const ordered = [...starts].sort((a, b) => a.length - b.length)
  const accepted = ordered.filter(text => whole.has(text))
  const firstAccepting = ordered.length - accepted.length
  const numbers = new Map<string, number>()
  for (const text of ordered) if (!whole.has(text)) numbers.set(text, numbers.size)
  for (const [i, text] of accepted.entries()) numbers.set(text, firstAccepting + i)
  const next = new Uint16Array(ordered.length << 5)
  const fallbacks = new Uint16Array(ordered.length)
  for (const text of ordered) {
    const state = numbers.get(text) ?? 0
    const fallback = fallbacks[state] ?? 0
    // Behind a whole word a byte that is no letter must not report the word again.
    next[state << 5] = whole.has(text) ? fallback : state
    for (let letter = 0; letter < LETTERS; letter++) {
      const child = numbers.get(text + String.fromCharCode(0x61 + letter))
      const around = text === '' ? 0 : (next[(fallback << 5) | (letter + 1)] ?? 0)
      if (child !== undefined) fallbacks[child] = around
      next[(state << 5) | (letter + 1)] = child ?? around
    }
  }
  return { next, firstAccepting, accepted }
}
