import type { Diagnostic, Level } from '../text/diagnostic.ts'
import { printable } from '../text/frame.ts'
import { detailsOf, placeOf } from './place.ts'
import type { Reporter, ReportInput } from './reporter.ts'
import { reportText } from './text.ts'

/** Annotations of a level that the runner keeps in a step. Source: actions/runner ExecutionContext.cs. */
export const MOST = 10
/** Characters of an annotation's message that the runner keeps. */
const MESSAGE = 4096

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const

/** What an action prints: the report, harmless, then the annotations that matter most. */
export const reportGithub: Reporter = input => {
  const report = neutral(reportText({ ...input, color: false }))
  const lines = (['error', 'warning', 'note'] as const).flatMap(level => annotate(level, input))
  if (input.incomplete !== undefined)
    lines.unshift(command('error', { title: 'could not judge' }, input.incomplete))
  return `${report}${lines.map(line => `${line}\n`).join('')}`
}

function annotate(level: Level, input: ReportInput): string[] {
  const all = input.diagnostics.filter(one => one.level === level)
  const best = rank(all, input.isChanged).slice(
    0,
    input.incomplete && level === 'error' ? MOST - 1 : MOST,
  )
  const lines = best.map(annotation)
  if (best.length < all.length)
    lines.push(
      `${best.length} of ${all.length} ${level}s are shown as annotations; all are in the report`,
    )
  return lines
}

/** Changed lines first, then changed files, else the order of reports. */
function rank(
  all: readonly Diagnostic[],
  isChanged: ReportInput['isChanged'],
): readonly Diagnostic[] {
  if (isChanged === undefined) return all
  const score = ({ at }: Diagnostic): number => {
    if (isChanged(at.source.path, at.source.position(at.start).line)) return 0
    return isChanged(at.source.path, undefined) ? 1 : 2
  }
  return all
    .map(one => ({ one, score: score(one) }))
    .sort((a, b) => a.score - b.score)
    .map(({ one }) => one)
}

function annotation(one: Diagnostic): string {
  const { at, code, level } = one
  const { path, owner } = at.source
  const start = at.source.position(at.start)
  const end = at.source.position(at.end)
  const isFile = path !== '' && owner.commit === undefined && owner.in === undefined
  const columns =
    start.line === end.line
      ? { col: start.column, endColumn: Math.max(end.column, start.column) }
      : {}
  const where = isFile ? { file: path, line: start.line, endLine: end.line, ...columns } : {}
  const place = isFile ? [] : [placeOf(at)]
  const text = [one.message, ...place, ...detailsOf(one)].join('\n')
  return command(commands[level], { title: code, ...where }, text)
}

/** A workflow command; every character that could end it or start another is escaped. Source: actions/toolkit core/src/command.ts. */
export function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const given = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapeProperty(String(value))}`,
  )
  const text = message.split('\n').map(printable).join('\n').slice(0, MESSAGE)
  return `::${name} ${given.join(',')}::${escapeData(text)}`
}

function escapeData(text: string): string {
  const plain = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  return plain.replaceAll('##[', '#\u200b#[')
}

function escapeProperty(text: string): string {
  return escapeData(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/**
 * Text of which no line is a command to the runner: `::` at the start of a line, and `##[` anywhere
 * (the old syntax needs no start). Source: actions/runner ActionCommand.cs.
 */
export function neutral(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '#\u200b#[')
}
