import type { Flaw } from './flaw.ts'

/**
 * What no message needs and what can deceive its reader: controls but tab and line feed, line and
 * paragraph separators, marks that reorder text, byte order marks.
 */
const DECEIVING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g

/** How many runs are named: one is reason enough. */
const MOST = 20

/** One flaw for every run of such characters. */
export function controlCharacters(text: string): Flaw[] {
  if (text.search(DECEIVING) === -1) return []
  const flaws: Flaw[] = []
  for (const match of text.matchAll(DECEIVING)) {
    if (flaws.length === MOST) break
    const start = match.index
    const message = `the message holds ${nameOf(text.charCodeAt(start))}`
    flaws.push({ code: 'control-character', message, start, end: start + match[0].length })
  }
  return flaws
}

function nameOf(code: number): string {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  if (code === 0xfeff) return `${name}, a byte order mark`
  if (code === 0x2028 || code === 0x2029)
    return `${name}, a separator that few programs break lines at`
  return code > 0xff
    ? `${name}, which reorders the text around it`
    : `the control character ${name}`
}

let segmenter: Intl.Segmenter | undefined

/** UTF-16 units that are looked at: each one behind them counts as a character. */
const MOST_UNITS = 10_000

/** Length as people count it: grapheme clusters. */
export function lengthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  let length = Math.max(0, text.length - MOST_UNITS)
  for (const _ of segmenter.segment(text.slice(0, MOST_UNITS))) length++
  return length
}
