import { styleText } from 'node:util'
import type { ObjectChange } from '../flux/changes.ts'
import type { Diagnostic, Level, Related } from '../text/diagnostic.ts'
import { frameOf, printable } from '../text/frame.ts'
import type { Span } from '../text/source.ts'
import { byOwner, countChanges, fieldLine } from './changes.ts'
import type { Reporter, ReportInput } from './reporter.ts'

type Paint = (style: 'red' | 'yellow' | 'cyan' | 'bold' | 'dim' | 'green', text: string) => string

const levelStyle = { error: 'red', warning: 'yellow', note: 'cyan' } as const

/** For people at a terminal: each finding with its place, the line, related places and the fix. */
export const reportText: Reporter = input => {
  const paint: Paint = input.color
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text
  const blocks = input.diagnostics.map(one => formatDiagnostic(one, input, paint))
  if (input.incomplete !== undefined)
    blocks.push(`${paint('red', 'could not judge')}: ${printable(input.incomplete)}\n`)
  if (!input.quiet && input.changes) blocks.push(...formatChanges(input.changes, input, paint))
  if (!input.quiet) blocks.push(...formatSkipped(input, paint), formatSummary(input, paint))
  return blocks.join('\n')
}

function formatDiagnostic(one: Diagnostic, input: ReportInput, paint: Paint): string {
  const head = `${paint(levelStyle[one.level], `${one.level}[${one.code}]`)}: ${paint('bold', printable(one.message))}`
  const lines = [head, `  ${paint('dim', '-->')} ${formatPlace(one.at)}`]
  lines.push(...formatFrame(one.at, input, paint, one.level))
  for (const related of one.related ?? []) lines.push(formatRelated(related, paint))
  if (one.object !== undefined) {
    const field = one.field ? ` · ${one.field}` : ''
    lines.push(`  ${paint('dim', '=')} object: ${printable(one.object + field)}`)
  }
  if (one.hidden?.length) lines.push(`  ${paint('dim', '=')} hidden by: ${one.hidden.join(' → ')}`)
  if (one.fingerprint) lines.push(`  ${paint('dim', '=')} fingerprint: ${one.fingerprint}`)
  if (one.help)
    lines.push(`  ${paint('dim', '=')} ${paint('green', 'help')}: ${printable(one.help)}`)
  if (one.fix)
    lines.push(`  ${paint('dim', '=')} ${paint('green', 'write')}: ${printable(one.fix)}`)
  if (one.command)
    lines.push(`  ${paint('dim', '=')} ${paint('green', 'run')}: ${printable(one.command)}`)
  if (one.seenIn?.length)
    lines.push(`  ${paint('dim', '=')} seen in: ${one.seenIn.map(printable).join(', ')}`)
  return `${lines.join('\n')}\n`
}

function formatFrame(at: Span, input: ReportInput, paint: Paint, level: Level): string[] {
  if (at.source.text === '') return []
  const frame = frameOf(at, input.isHidden)
  const width = Math.max(...frame.map(({ line }) => String(line).length))
  const lines: string[] = []
  for (const { line, text, mark } of frame) {
    lines.push(`${paint('dim', `${String(line).padStart(width + 1)} |`)} ${text}`.trimEnd())
    if (mark === undefined) continue
    const caret = ' '.repeat(mark[0]) + '^'.repeat(mark[1] - mark[0])
    lines.push(`${paint('dim', `${' '.repeat(width + 1)} |`)} ${paint(levelStyle[level], caret)}`)
  }
  return lines
}

function formatRelated(related: Related, paint: Paint): string {
  return `  ${paint('dim', '=')} ${printable(related.text)}: ${formatPlace(related.span)}`
}

function formatPlace(at: Span): string {
  const { path, owner } = at.source
  const { line, column } = at.source.position(at.start)
  const commit = owner.commit === undefined ? '' : `commit ${owner.commit.slice(0, 12)} `
  const part = owner.in === undefined ? '' : `${owner.in} `
  return printable(`${commit}${part}${path}${path === '' ? '' : ':'}${line}:${column}`)
}

const marks = { added: '+', changed: '~', removed: '-' } as const
const colors = { added: 'green', changed: 'yellow', removed: 'red' } as const

/** What Flux would apply differently, Kustomization by Kustomization. */
function formatChanges(
  changes: readonly ObjectChange[],
  input: ReportInput,
  paint: Paint,
): string[] {
  return [...byOwner(changes)].map(([owner, members]) => {
    const lines = members.flatMap(({ kind, object, fields }) => [
      `  ${paint(colors[kind], `${marks[kind]} ${printable(object)}`)}`,
      ...fields.map(one => `      ${printable(fieldLine(one, input.isHidden))}`),
    ])
    return [`${paint('bold', printable(owner))}: ${countChanges(members)}`, ...lines, ''].join('\n')
  })
}

function formatSkipped({ checked }: ReportInput, paint: Paint): string[] {
  if (checked.skipped.length === 0) return []
  const lines = checked.skipped.map(({ what, why }) => `  ${printable(what)}: ${printable(why)}`)
  return [`${paint('cyan', 'not judged')} (${checked.skipped.length}):\n${lines.join('\n')}\n`]
}

function formatSummary(input: ReportInput, paint: Paint): string {
  const { checked, counts, stages, exit } = input
  const verdict =
    exit === 0 ? paint('green', 'ok') : paint('red', exit === 1 ? 'failed' : 'not judged')
  const found = [
    plural(counts.error, 'error'),
    plural(counts.warning, 'warning'),
    plural(counts.note, 'note'),
  ].join(', ')
  const { kustomizations, objects, files, commits } = checked
  const looked = [
    ...(kustomizations > 0 ? [plural(kustomizations, 'Kustomization')] : []),
    ...(kustomizations + objects > 0 ? [plural(objects, 'object')] : []),
    ...(files > 0 || commits === 0 ? [plural(files, 'file')] : []),
    ...(commits > 0 ? [plural(commits, 'commit')] : []),
  ].join(', ')
  const times = stages.map(({ stage, ms }) => `${stage} ${ms.toFixed(0)} ms`).join(', ')
  return `${verdict}: ${found} in ${looked}${times === '' ? '' : `\n${paint('dim', times)}`}\n`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
