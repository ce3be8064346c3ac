import { checks } from '../checks/index.ts'
import type { YamlFile } from '../checks/input.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Source, Span } from '../text/source.ts'

/** One `# fluxgate: ignore[code] reason`. */
interface Ignore {
  readonly code: string
  readonly reason: string
  readonly at: Span
  /** The lines it speaks for: its own, and where it stands alone the next one. */
  readonly lines: readonly number[]
  used: boolean
}

const FORM = /^#\s*fluxgate:\s*ignore\[([^\]]*)\]\s*(.*)$/

/** Drops what an ignore comment with a reason silences; an ignore that is wrong or idle is itself a finding. */
export function applyIgnores(
  diagnostics: readonly Diagnostic[],
  files: readonly YamlFile[],
): Diagnostic[] {
  const ignores = new Map(files.map(file => [file.path, readIgnores(file)]))
  const kept = diagnostics.filter(one => !isSilenced(one, ignores.get(one.at.source.path) ?? []))
  for (const list of ignores.values())
    for (const ignore of list) if (!ignore.used) kept.push(idle(ignore))
  return kept
}

function readIgnores(file: YamlFile): Ignore[] {
  const source = file.parsed.documents[0]?.source
  if (source === undefined || !source.text.includes('fluxgate:')) return []
  return file.parsed.comments.flatMap(({ start, end }) => {
    const match = FORM.exec(source.text.slice(start, end).trim())
    if (match === null) return []
    const line = source.position(start).line
    const lines = isAlone(source, start) ? [line, line + 1] : [line]
    const [, code = '', reason = ''] = match
    return [{ code, reason, at: source.span(start, end), lines, used: false }]
  })
}

function isAlone(source: Source, start: number): boolean {
  const line = source.lineStart(source.position(start).line)
  return source.text.slice(line, start).trim() === ''
}

function isSilenced(one: Diagnostic, ignores: Ignore[]): boolean {
  if (ignores.length === 0) return false
  const { line } = one.at.source.position(one.at.start)
  const match = ignores.find(ignore => ignore.code === one.code && ignore.lines.includes(line))
  if (match === undefined || match.reason === '' || !canIgnore(match.code)) return false
  match.used = true
  return true
}

function canIgnore(code: string): boolean {
  return checks.some(check => check.code === code && check.ignorable)
}

function idle({ code, reason, at }: Ignore): Diagnostic {
  const known = checks.some(check => check.code === code)
  const message = !known
    ? `ignore names an unknown check ${JSON.stringify(code)}`
    : !canIgnore(code)
      ? `${code} cannot be ignored by a comment`
      : reason === ''
        ? `ignore[${code}] has no reason and is not applied`
        : `ignore[${code}] silences nothing`
  const help = reason === '' ? 'write the reason behind the bracket' : 'remove the comment'
  return { code: 'unused-ignore', level: 'warning', message, at, help }
}
