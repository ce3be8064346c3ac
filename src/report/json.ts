import type { Diagnostic, Related } from '../text/diagnostic.ts'
import type { Span } from '../text/source.ts'
import { flattenChanges } from './changes.ts'
import type { Reporter } from './reporter.ts'

/** The JSON report, schema `schemas/report.schema.json`. */
export const reportJson: Reporter = input => {
  const { tool, counts, checked, diagnostics, exit, incomplete, changes, extra } = input
  const report = {
    version: 1,
    tool,
    ok: exit === 0,
    ...(exit === 2 ? { incomplete: true, ...(incomplete ? { reason: incomplete } : {}) } : {}),
    counts,
    checked,
    diagnostics: diagnostics.map(flatten),
    ...optional('changes', changes && flattenChanges(changes, input.isHidden)),
    ...extra,
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

/** A diagnostic as plain data: spans become path, line and column. */
export function flatten(one: Diagnostic): Record<string, unknown> {
  return {
    code: one.code,
    level: one.level,
    message: one.message,
    ...place(one.at),
    ...optional('object', one.object),
    ...optional('field', one.field),
    ...optional('related', one.related?.map(flattenRelated)),
    ...optional('seenIn', one.seenIn),
    ...optional('help', one.help),
    ...optional('fix', one.fix),
    ...optional('command', one.command),
    ...optional('fingerprint', one.fingerprint),
    ...optional('hidden', one.hidden),
  }
}

function flattenRelated(related: Related): Record<string, unknown> {
  return { ...place(related.span), text: related.text }
}

function place(at: Span): Record<string, unknown> {
  const { path, owner } = at.source
  const start = at.source.position(at.start)
  const end = at.source.position(at.end)
  return {
    ...(owner.commit === undefined || path !== '' ? optional('path', path || undefined) : {}),
    ...optional('commit', owner.commit),
    ...optional('in', owner.in),
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
}

function optional(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value }
}
