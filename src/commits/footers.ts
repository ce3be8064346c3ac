import type { Flaw, Part } from './flaw.ts'
import type { Line } from './lines.ts'

/** A footer: token, separator, value (which may span lines). Conventional Commits 1.0.0, rules 8 to 10. */
export interface Footer {
  readonly token: Part
  readonly separator: ': ' | ' #' | ' '
  readonly value: Part
}

/** A line that starts a footer. */
interface Start {
  readonly line: Line
  readonly token: string
  readonly separator: Footer['separator']
  /** Offset of the value in the line. */
  readonly at: number
}

const BREAKING = /^BREAKING[ -]CHANGE$/
const TOKEN = /^(BREAKING CHANGE|[A-Za-z][A-Za-z0-9-]*)(: | #)\s*\S/
const PICKED = /^\((cherry picked from commit) ([0-9a-f]{4,64})\)$/

/** Whether a token announces a breaking change: upper case, space or hyphen (rules 12 and 16). */
export function isBreaking(token: string): boolean {
  return BREAKING.test(token)
}

/** What a line starts, if it starts a footer; rule 12 wants a colon behind BREAKING CHANGE. */
export function startOf(line: Line): Start | undefined {
  if (line.blank || !/[:#(]/.test(line.text)) return undefined
  const match = TOKEN.exec(line.text)
  if (match !== null) {
    const [, token = '', separator] = match
    if (isBreaking(token) && separator !== ': ') return undefined
    return { line, token, separator: separator === ' #' ? ' #' : ': ', at: token.length + 2 }
  }
  const picked = PICKED.exec(line.text)
  if (picked === null) return undefined
  const [, token = ''] = picked
  return { line, token, separator: ' ', at: token.length + 2 }
}

/**
 * Where the footers start: the index of the first paragraph that begins with a footer such that
 * every later one does too, or that begins with BREAKING CHANGE. `from` is the first line that a
 * blank one precedes; without footers the answer is the number of lines.
 */
export function footerStart(lines: readonly Line[], from: number): number {
  let tail = lines.length
  let open = true
  for (let at = lines.length - 1; at >= from; at--) {
    const line = lines[at]
    if (line === undefined || line.blank || lines[at - 1]?.blank !== true) continue
    const start = startOf(line)
    if (start !== undefined && isBreaking(start.token)) tail = at
    else if (start === undefined) open = false
    else if (open) tail = at
  }
  return tail
}

/** The footers from a line on: each reaches to the next line that starts one (rule 10). */
export function readFooters(lines: readonly Line[], from: number): Footer[] {
  const footers: Footer[] = []
  let start: Start | undefined
  let first = from
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]
    const next = line && startOf(line)
    if (next === undefined) continue
    if (start) footers.push(footerOf(start, lines, first, at))
    start = next
    first = at
  }
  if (start) footers.push(footerOf(start, lines, first, lines.length))
  return footers
}

/** The footer whose lines are those from `first` to before `next`. */
function footerOf(start: Start, lines: readonly Line[], first: number, next: number): Footer {
  const { line, token, separator, at } = start
  const open = separator === ' ' ? 1 : 0
  let last = next - 1
  while (last > first && lines[last]?.blank) last--
  const rest = last === first ? [] : lines.slice(first + 1, last + 1).map(one => one.text)
  const end = last === first ? line.end - open : (lines[last]?.end ?? line.end)
  const value = line.text.slice(at, line.text.length - open)
  return {
    token: { text: token, start: line.start + open, end: line.start + open + token.length },
    separator,
    value: { text: [value, ...rest].join('\n').trim(), start: line.start + at, end },
  }
}

/** What looks like a footer and is none, for the specification or for git. */
export function strayFooters(
  lines: readonly Line[],
  bodyStart: number,
  start: number,
  footers: readonly Footer[],
): Flaw[] {
  const flaws: Flaw[] = []
  const last = lines.slice(bodyStart, start).findLastIndex(line => line.blank)
  const paragraph = lines.slice(bodyStart + last + 1, start).filter(line => !line.blank)
  const tail = paragraph.findIndex(line => startOf(line) !== undefined)
  if (tail > 0 && paragraph.slice(tail).every(line => startOf(line) !== undefined)) {
    const line = paragraph[tail]
    if (line && !line.text.startsWith('BREAKING')) flaws.push(stray(line))
  }
  const hiding = hidingFooter(lines.slice(start), footers)
  if (hiding)
    flaws.push({
      code: 'stray-footer',
      level: 'note',
      message: 'git sees no trailer in a paragraph that holds BREAKING CHANGE',
      start: hiding.token.start,
      end: hiding.token.end,
      help: 'write BREAKING-CHANGE, or give it a paragraph of its own',
    })
  return flaws
}

function stray(line: Line): Flaw {
  return {
    code: 'stray-footer',
    message: 'this is body, not a footer: no blank line precedes it',
    start: line.start,
    end: line.end,
    help: 'put a blank line before the first footer',
  }
}

/** A BREAKING CHANGE in the last paragraph beside other footers: a space ends git's reading of trailers. */
function hidingFooter(lines: readonly Line[], footers: readonly Footer[]): Footer | undefined {
  const from = lines.findLast(line => line.blank)?.start ?? -1
  const last = footers.filter(footer => footer.token.start > from)
  const hiding = last.find(footer => footer.token.text === 'BREAKING CHANGE')
  return last.length > 1 ? hiding : undefined
}
