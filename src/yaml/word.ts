const BITS = 12
const MASK = 2 ** BITS - 1
const LONGEST = 64

/** The words met last, by hash: a word that comes again is the same string, hash and all. */
const words: string[] = Array.from({ length: MASK + 1 }, () => '')

/** The hash of a text one character on. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash, 31) + code
}

/**
 * `text.slice(start, end)`; `hash` is that of `hashStep` over it. Manifests say the same few hundred keys
 * again and again: the engine compares and looks up strings that are one object at once.
 */
export function wordAt(text: string, start: number, end: number, hash: number): string {
  const length = end - start
  if (length > LONGEST) return text.slice(start, end)
  const slot = (hash ^ (hash >>> BITS)) & MASK
  const known = words[slot] ?? ''
  if (known.length === length && text.startsWith(known, start)) return known
  const word = detached(text.slice(start, end))
  words[slot] = word
  return word
}

/** Holds one key at a time. Without a prototype it is a table from the start: no shape is made for each key. */
const keys: Record<string, 0> = Object.create(null)

/** The engine's one string for a text: a slice keeps the whole text that it was cut from in memory. */
export function detached(text: string): string {
  keys[text] = 0
  const [word = ''] = Object.keys(keys)
  delete keys[text]
  return word
}
