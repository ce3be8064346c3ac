import type { Diagnostic, Finding, Related } from '../text/diagnostic.ts'
import { Source, type Span } from '../text/source.ts'
import type { Verdict } from './verdict.ts'

const HIDDEN = '<hidden>'

/** Replaces what leaks in names of files, and quoted values of secrets, wherever a verdict speaks of them. */
export function hideNames(verdict: Verdict): Verdict {
  const names = verdict.diagnostics.flatMap(({ at }) =>
    at.source.owner.in === 'file-name' ? [at.source.text.slice(at.start, at.end)] : [],
  )
  const secrets = [...new Set(names)].filter(name => name.length >= 8)
  const quoted = quotedValues(verdict.diagnostics)
  if (secrets.length === 0 && quoted.length === 0) return verdict
  const clean = (text: string) =>
    [...secrets, ...quoted].reduce((out, one) => out.replaceAll(one, HIDDEN), text)
  const sources = new Map<Source, Source>()
  const move = (span: Span): Span => {
    const { source } = span
    const known = sources.get(source) ?? new Source(clean(source.path), source.text, source.owner)
    sources.set(source, known)
    return known.span(span.start, span.end)
  }
  const diagnostics = verdict.diagnostics.map(one => cleanDiagnostic(one, clean, move))
  const renamed = new Set([...sources].flatMap(([from, to]) => (from.path === to.path ? [] : [to])))
  return {
    ...verdict,
    diagnostics,
    graph: verdict.graph && (() => clean(verdict.graph?.() ?? '')),
    isHidden: (source, start, end) => renamed.has(source) || verdict.isHidden(source, start, end),
    checked: {
      ...verdict.checked,
      skipped: verdict.checked.skipped.map(({ what, why }) => ({
        what: clean(what),
        why: clean(why),
      })),
    },
    incomplete: verdict.incomplete === undefined ? undefined : clean(verdict.incomplete),
  }
}

/** The same for verdicts of others: what is known to leak in the sources is not quoted. */
export function hideValues(
  diagnostics: readonly Diagnostic[],
  leaks: readonly Finding[],
): readonly Diagnostic[] {
  const quoted = quotedValues(leaks)
  if (quoted.length === 0) return diagnostics
  const clean = (text: string) => quoted.reduce((out, one) => out.replaceAll(one, HIDDEN), text)
  return diagnostics.map(one => cleanDiagnostic(one, clean, span => span))
}

const VALUE_CODES = new Set(['plaintext-secret', 'unencrypted-leaf', 'plaintext-credential'])

/** Values in plain text as messages quote them: an alias may stand where another check quotes it. */
function quotedValues(diagnostics: readonly Finding[]): string[] {
  const values = diagnostics.flatMap(({ code, at }) => {
    if (!VALUE_CODES.has(code) || at.end - at.start > 200) return []
    const text = at.source.text.slice(at.start, at.end).replace(/^(?:&\S+ +)?(["']?)(.*)\1$/, '$2')
    return text.length < 4 || text.includes('\n') ? [] : [`"${text}"`, `[${text}]`]
  })
  return [...new Set(values)]
}

function cleanDiagnostic(
  one: Diagnostic,
  clean: (text: string) => string,
  move: (span: Span) => Span,
): Diagnostic {
  const related: readonly Related[] | undefined = one.related?.map(({ span, text }) => ({
    span: move(span),
    text: clean(text),
  }))
  return {
    ...one,
    at: move(one.at),
    message: clean(one.message),
    ...(related ? { related } : {}),
    ...(one.help === undefined ? {} : { help: clean(one.help) }),
    ...(one.field === undefined ? {} : { field: clean(one.field) }),
    ...(one.object === undefined ? {} : { object: clean(one.object) }),
    ...(one.seenIn === undefined ? {} : { seenIn: one.seenIn.map(clean) }),
  }
}
