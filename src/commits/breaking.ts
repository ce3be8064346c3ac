import type { Flaw } from './flaw.ts'
import { isBreaking, startOf } from './footers.ts'
import type { Line } from './lines.ts'

/** The words with what people put around them; group 1 is the words, group 2 what follows. */
const NEAR =
  /^[\s>*+•#-]{0,8}[*_`]{0,3}(breaking[ \t_-]?changes?|BREAKING)[*_`]{0,3}[ \t]*(:|：|#|!|$)/i

/**
 * Lines that were meant to announce a breaking change and do not (rules 8, 12 and 16): lower case, plural, a
 * list item, no space behind the colon, no blank line before. `footersFrom` is the first footer line.
 */
export function nearMisses(lines: readonly Line[], from: number, footersFrom: number): Flaw[] {
  const flaws: Flaw[] = []
  for (const [index, line] of lines.entries()) {
    if (index < from || !/breaking/i.test(line.text)) continue
    const match = NEAR.exec(line.text)
    if (match === null) continue
    const [, words = '', after = ''] = match
    if (/^breaking$/i.test(words) && (words !== 'BREAKING' || after !== ':')) continue
    if (after === '' && words !== words.toUpperCase()) continue
    const start = startOf(line)
    const token = start !== undefined && isBreaking(start.token)
    if (token && index >= footersFrom) continue
    const message = token
      ? 'this announces no breaking change: no blank line precedes it'
      : 'this announces no breaking change: only "BREAKING CHANGE: " at the start of a footer does'
    const at = line.start + line.text.indexOf(words)
    const help = token
      ? 'put a blank line before it'
      : 'write "BREAKING CHANGE: " and what breaks, after a blank line'
    flaws.push({ code: 'hidden-breaking-change', message, start: at, end: at + words.length, help })
  }
  return flaws
}
