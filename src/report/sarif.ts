import { createHash } from 'node:crypto'
import { checks } from '../checks/index.ts'
import { type Diagnostic, isAtLeast } from '../text/diagnostic.ts'
import { printable } from '../text/frame.ts'
import type { Span } from '../text/source.ts'
import { detailsOf, placeOf } from './place.ts'
import type { Reporter } from './reporter.ts'

/** Results of a run that GitHub keeps; errors come first. */
const MOST = 5000

const levels = { error: 'error', warning: 'warning', note: 'note' } as const

/** SARIF 2.1.0 as GitHub code scanning reads it. */
export const reportSarif: Reporter = ({ tool, diagnostics, exit, incomplete }) => {
  const ordered = (['error', 'warning', 'note'] as const).flatMap(level =>
    diagnostics.filter(one => one.level === level),
  )
  const used = new Set(diagnostics.map(one => one.code))
  const rules = checks.filter(check => used.has(check.code))
  const run = {
    tool: {
      driver: {
        name: tool.name,
        semanticVersion: tool.version,
        rules: rules.map(({ code, level, summary, group }) => ({
          id: code,
          shortDescription: { text: summary },
          help: { text: `fluxgate explain ${code}` },
          defaultConfiguration: { level: levels[level] },
          properties: { tags: [group] },
        })),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: exit !== 2,
        ...(incomplete === undefined
          ? {}
          : {
              toolExecutionNotifications: [
                { level: 'error', message: { text: printable(incomplete) } },
              ],
            }),
      },
    ],
    results: ordered.slice(0, MOST).map(resultOf),
  }
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json'
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`
}

function resultOf(one: Diagnostic): unknown {
  const text = [one.message, ...detailsOf(one)].map(printable).join('\n')
  const key = [one.code, one.at.source.path, one.object, one.field, one.fingerprint ?? one.message]
  return {
    ruleId: one.code,
    level: levels[one.level],
    message: { text },
    locations: [locationOf(one.at)],
    ...(one.related?.length
      ? {
          relatedLocations: one.related.map(({ span, text }) => ({
            ...locationOf(span),
            message: { text: printable(text) },
          })),
        }
      : {}),
    partialFingerprints: {
      'fluxgate/v1': createHash('sha256').update(JSON.stringify(key)).digest('hex'),
    },
    ...(isAtLeast(one.level, 'warning') ? {} : { kind: 'informational' }),
  }
}

/** What is no file has the commit for its address. */
function locationOf(at: Span): { physicalLocation: unknown } {
  const { path, owner } = at.source
  const start = at.source.position(at.start)
  const end = at.source.position(at.end)
  const isEmpty = start.line === end.line && start.column === end.column
  const name = path === '' ? `commits/${owner.commit ?? placeOf(at).split(' ')[0]}` : path
  return {
    physicalLocation: {
      artifactLocation: { uri: name.split('/').map(encodeURIComponent).join('/') },
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: isEmpty ? end.column + 1 : end.column,
      },
    },
  }
}
