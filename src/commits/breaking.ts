import type { Flaw } from './flaw.ts'
import { type Footer, isBreaking, tokenEnd } from './footers.ts'
import type { Lines } from './lines.ts'

/**
 * The words with what people put around them. Group 1 is the mark of a list, a heading or a quotation, 2 the
 * words, 3 what separates them from the rest, 4 the rest.
 */
const NEAR =
  /^([\s>*+•#-]{0,8}[*_`]{0,3})(breaking[ \t_-]?changes?|BREAKING)[*_`]{0,3}[ \t]*(:|：|#|!|$)[*_`]{0,3}(.*)$/i

/** Said of a change that breaks nothing. */
const NOTHING = /^\s*(?:none|no|nil|nothing|n\/?a|not applicable|false|-+)?\s*[.!]?\s*$/i

/** How many are named: one is reason enough. */
const MOST = 20

/**
 * Lines that were meant to announce a breaking change and do not (rules 8, 12 and 16): lower case, plural, a
 * list item, no space behind the colon, no blank line before. For a message that announces nothing; the header
 * is not looked at. `footersFrom` is the first footer line.
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
  const [, mark = '', words = '', after = '', rest = ''] = NEAR.exec(text) ?? []
  const isUpper = words === words.toUpperCase()
  if (words === '' || (words === 'BREAKING' && after !== ':')) return undefined
  if (!isUpper && (after === '' || /^breaking$/i.test(words))) return undefined
  const isSaid = rest.trim() !== ''
  if (isSaid && NOTHING.test(rest)) return undefined
  // In capitals, or as a paragraph, it is the footer that rule 12 describes; a heading or an item may be prose.
  const isMeant = isUpper ? !/[#>]/.test(mark) : mark === '' && isSaid && lines.isBlank(line - 1)
  const message = isToken
    ? 'this announces no breaking change: no blank line precedes it'
    : 'this announces no breaking change: only "BREAKING CHANGE: " at the start of a footer does'
  const start = lines.start(line) + text.indexOf(words)
  const help = isToken
    ? 'put a blank line before it'
    : 'write "BREAKING CHANGE: " and what breaks, after a blank line'
  const flaw = { code: 'hidden-breaking-change', message, start, end: start + words.length, help }
  return isMeant ? flaw : { ...flaw, level: 'warning' }
}

/** The first footer that announces a break and says what it is only on the next line: git's trailer is empty. */
export function lateDescription(footers: readonly Footer[]): Flaw | undefined {
  const late = footers.find(footer => footer.isBreaking && footer.isLate)
  if (late === undefined) return undefined
  const { start, end } = late.token
  const message = 'what breaks is not said on this line, and git sees a trailer without a value'
  const help = 'start the description behind "BREAKING CHANGE: "'
  return { code: 'hidden-breaking-change', level: 'warning', message, start, end, help }
}
