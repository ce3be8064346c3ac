import type { Flaw } from './flaw.ts'
import { type Footer, tokenEnd } from './footers.ts'
import type { Lines } from './lines.ts'

const NONE: readonly Flaw[] = []

/** What looks like a footer and is none, for the specification or for git. `start` is the first footer line. */
export function strayFooters(
  lines: Lines,
  bodyStart: number,
  start: number,
  footers: readonly Footer[],
): readonly Flaw[] {
  const line = strayLine(lines, bodyStart, start)
  const hiding = hidingFooter(lines, footers)
  if (line === undefined && hiding === undefined) return NONE
  return [
    ...(line === undefined ? [] : [strayFlaw(lines, line)]),
    ...(hiding === undefined ? [] : [hidingFlaw(hiding)]),
  ]
}

/** The first of the lines that end the body's last paragraph and would all be footers behind a blank line. */
function strayLine(lines: Lines, bodyStart: number, start: number): number | undefined {
  let first = start
  while (first > bodyStart && !lines.isBlank(first - 1) && tokenEnd(lines, first - 1) > 0) first--
  const isWhole = first === bodyStart || lines.isBlank(first - 1)
  if (first === start || isWhole || isFooterBefore(lines, bodyStart, first)) return undefined
  return lines.text.startsWith('BREAKING', lines.start(first)) ? undefined : first
}

/** Whether a line that starts a footer stands further up in the paragraph: then its end is prose about such lines. */
function isFooterBefore(lines: Lines, bodyStart: number, before: number): boolean {
  for (let line = before - 1; line >= bodyStart && !lines.isBlank(line); line--)
    if (tokenEnd(lines, line) > 0) return true
  return false
}

function strayFlaw(lines: Lines, line: number): Flaw {
  return {
    code: 'stray-footer',
    message: 'this is body, not a footer: no blank line precedes it',
    start: lines.start(line),
    end: lines.end(line),
    help: 'put a blank line before the first footer',
  }
}

/** A BREAKING CHANGE in the last paragraph beside other footers: a space ends git's reading of trailers. */
function hidingFooter(lines: Lines, footers: readonly Footer[]): Footer | undefined {
  let first = lines.length
  while (first > 0 && !lines.isBlank(first - 1)) first--
  const from = lines.start(first)
  let at = footers.length
  while (at > 0 && (footers[at - 1]?.start ?? 0) >= from) at--
  if (footers.length - at < 2) return undefined
  const { text } = lines
  for (; at < footers.length; at++)
    if (text.startsWith('BREAKING CHANGE', footers[at]?.start)) return footers[at]
  return undefined
}

function hidingFlaw({ token: { start, end } }: Footer): Flaw {
  return {
    code: 'stray-footer',
    level: 'note',
    message: 'git sees no trailer in a paragraph that holds BREAKING CHANGE',
    start,
    end,
    help: 'write BREAKING-CHANGE, or give it a paragraph of its own',
  }
}
