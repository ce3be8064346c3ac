import type { ObjectChange } from '../flux/changes.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { frameOf, printable } from '../text/frame.ts'
import { byOwner, countChanges, fieldLine } from './changes.ts'
import { detailsOf, placeOf } from './place.ts'
import type { Reporter, ReportInput } from './reporter.ts'

/** Bytes of a summary; the runner drops one above 1 MiB without a word. */
export const MAX_SUMMARY = 900 * 1024

/** The page that a job shows: verdict, table, findings with their lines, what was not judged. */
export const reportMarkdown: Reporter = input => fit(sections(input), input.maxBytes ?? MAX_SUMMARY)

function sections(input: ReportInput): string[] {
  const { diagnostics, checked, changes, graph, reproduce } = input
  return [
    verdict(input),
    ...(input.incomplete === undefined ? [] : [`**Could not judge:** ${code(input.incomplete)}\n`]),
    ...(reproduce === undefined ? [] : [`The same on your machine:\n\n${fence(reproduce, 'sh')}`]),
    ...(diagnostics.length === 0 ? [] : [table(diagnostics)]),
    ...diagnostics.map(one => finding(one, input)),
    ...(checked.skipped.length === 0 ? [] : [skipped(checked.skipped)]),
    ...(changes === undefined ? [] : changed(changes, input)),
    ...(graph === undefined ? [] : [`### What depends on what\n\n${fence(graph(), 'mermaid')}`]),
  ]
}

/** Cuts at a section, and says so. */
function fit(parts: readonly string[], max: number): string {
  const kept: string[] = []
  let bytes = 0
  for (const part of parts) {
    const size = Buffer.byteLength(part) + 1
    if (bytes + size > max - 200) {
      kept.push(
        `_Cut here: ${parts.length - kept.length} of ${parts.length} sections did not fit. The log has them all._\n`,
      )
      break
    }
    kept.push(part)
    bytes += size
  }
  return kept.join('\n')
}

function verdict({ exit, counts, checked }: ReportInput): string {
  const word = exit === 0 ? '✅ passed' : exit === 1 ? '❌ failed' : '⚠️ could not judge'
  const found = `${counts.error} errors, ${counts.warning} warnings, ${counts.note} notes`
  const seen = `${checked.kustomizations} Kustomizations, ${checked.objects} objects, ${checked.files} files, ${checked.commits} commits`
  return `## ${word}\n\n${found} in ${seen}; ${checked.skipped.length} things were not judged.\n`
}

function table(all: readonly Diagnostic[]): string {
  const byCode = Map.groupBy(all, one => `${one.level} ${one.code}`)
  const rows = [...byCode.entries()].map(([key, found]) => {
    const [level = '', name = ''] = key.split(' ')
    return `| ${code(name)} | ${level} | ${found.length} |`
  })
  return ['| check | level | found |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

function finding(one: Diagnostic, { isHidden }: ReportInput): string {
  const frame = one.at.source.text === '' ? [] : frameOf(one.at, isHidden)
  const width = Math.max(0, ...frame.map(({ line }) => String(line).length))
  const lines = frame.flatMap(({ line, text, mark }) => {
    const shown = `${String(line).padStart(width)} | ${text}`.trimEnd()
    if (mark === undefined) return [shown]
    const [from, to] = mark
    return [shown, `${' '.repeat(width)} | ${' '.repeat(from)}${'^'.repeat(to - from)}`]
  })
  const details = detailsOf(one).map(line => `- ${code(line)}`)
  return [
    `#### ${one.level}: ${code(one.message)}`,
    '',
    `${code(placeOf(one.at))} · ${code(one.code)}`,
    '',
    ...(lines.length === 0 ? [] : [fence(lines.join('\n'), 'text')]),
    ...details,
    '',
  ].join('\n')
}

/** What Flux would apply differently, a section for each Kustomization. */
function changed(changes: readonly ObjectChange[], { isHidden }: ReportInput): string[] {
  if (changes.length === 0) return ['### What changes\n\nNothing that Flux applies.\n']
  const parts = [...byOwner(changes)].map(([owner, members]) => {
    const rows = members.flatMap(({ kind, object, fields }) => [
      `- ${kind} ${code(object)}`,
      ...fields.map(one => `  - ${code(fieldLine(one, isHidden))}`),
    ])
    return `<details><summary>${code(owner)}: ${countChanges(members)}</summary>\n\n${rows.join('\n')}\n\n</details>\n`
  })
  return [`### What changes\n\n${countChanges(changes)}.\n`, ...parts]
}

function skipped(list: ReportInput['checked']['skipped']): string {
  const rows = list.map(({ what, why }) => `- ${code(what)}: ${code(why)}`)
  return `<details><summary>Not judged: ${list.length}</summary>\n\n${rows.join('\n')}\n\n</details>\n`
}

/** Untrusted text as a code span: nothing in it is a mention, a link, markup or a cell's end. */
export function code(text: string): string {
  const plain = printable(text).replaceAll(/\s+/g, ' ').trim().replaceAll('|', '\\|')
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return plain === '' ? '` `' : `${ticks} ${plain} ${ticks}`
}

/** Untrusted text as a block, its fence longer than any inside. */
export function fence(text: string, language: string): string {
  const plain = text.split('\n').map(printable).join('\n').trimEnd()
  const longest = Math.max(2, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${plain}\n${ticks}\n`
}
