import type { Flaw } from './flaw.ts'
import { isBreaking, tokenEnd } from './footers.ts'
import type { Lines } from './lines.ts'

/** The words with what people put around them; group 1 is the words, group 2 what follows. */
const NEAR =
  /^[\s>*+•#-]{0,8}[*_`]{0,3}(breaking[ \t_-]?changes?|BREAKING)[*_`]{0,3}[ \t]*(:|：|#|!|$)/i

/** How many are named: one is reason enough. */
const MOST = 20

/**
 * Lines that were meant to announce a breaking change and do not (rules 8, 12 and 16): lower case, plural, a
 * list item, no space behind the colon, no blank line before. The header is not looked at; `footersFrom` is
 * the first footer line.
 */
export function nearMisses(lines: Lines, footersFrom: number): Flaw[] {
  const flaws: Flaw[] = []
  const words = /breaking/gi
  words.lastIndex = lines.start(1)
  let line = 0
  while (words.test(lines.text)) {
    const at = words.lastIndex - 'breaking'.length
    while (line + 1 < lines.length && lines.start(line + 1) <= at) line++
    if (at >= lines.end(line)) continue
    const flaw = line > 0 ? nearMiss(lines, line, line >= footersFrom) : undefined
    if (flaw !== undefined && flaws.push(flaw) === MOST) break
    words.lastIndex = lines.end(line)
  }
  return flaws
}

function nearMiss(lines: Lines, line: number, isFooter: boolean): Flaw | undefined {
  const end = tokenEnd(lines, line)
  const isToken = end > 0 && isBreaking(lines.text.slice(lines.start(line), end))
  if (isToken && isFooter) return undefined
  const text = lines.textOf(line)
  const [, words = '', after = ''] = NEAR.exec(text) ?? []
  if (words === '') return undefined
  if (/^breaking$/i.test(words) && (words !== 'BREAKING' || after !== ':')) return undefined
  if (after === '' && words !== words.toUpperCase()) return undefined
  const message = isToken
    ? 'this announces no breaking change: no blank line precedes it'
    : 'this announces no breaking change: only "BREAKING CHANGE: " at the start of a footer does'
  const start = lines.start(line) + text.indexOf(words)
  const help = isToken
    ? 'put a blank line before it'
    : 'write "BREAKING CHANGE: " and what breaks, after a blank line'
  return { code: 'hidden-breaking-change', message, start, end: start + words.length, help }
}
