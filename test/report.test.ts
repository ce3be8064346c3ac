import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { reportJson } from '../src/report/json.ts'
import type { ReportInput } from '../src/report/reporter.ts'
import { reportText } from '../src/report/text.ts'
import type { Diagnostic } from '../src/text/diagnostic.ts'
import { mergeDiagnostics } from '../src/text/diagnostic.ts'
import { Source } from '../src/text/source.ts'

const file = new Source('apps/a.yaml', 'kind: A\nspec:\n  replica: 2\n  token: hunter-two\n')
const commit = new Source('', 'feat: x\n', { commit: 'a'.repeat(40), in: 'message' })

const diagnostics: readonly Diagnostic[] = [
  {
    code: 'unknown-field',
    level: 'error',
    message: 'unknown field "spec.replica"',
    at: file.span(16, 23),
    related: [{ span: file.span(0, 4), text: 'patched here' }],
    object: 'v1 A a',
    field: 'spec.replica',
    seenIn: ['apps/staging'],
    help: 'did you mean replicas?',
  },
  { code: 'long-header', level: 'warning', message: 'long', at: commit.span(0, 4) },
]

function input(given: Partial<ReportInput> = {}): ReportInput {
  return {
    tool: { name: 'fluxgate', version: '1.2.3' },
    diagnostics,
    counts: { error: 1, warning: 1, note: 0 },
    checked: {
      kustomizations: 1,
      objects: 2,
      files: 3,
      commits: 1,
      skipped: [{ what: 'a', why: 'b' }],
    },
    stages: [{ stage: 'read', ms: 1.2 }],
    exit: 1,
    incomplete: undefined,
    isHidden: () => false,
    color: false,
    quiet: false,
    ...given,
  }
}

describe('the JSON report', () => {
  const schema: object = JSON.parse(readFileSync('schemas/report.schema.json', 'utf8'))
  const isReport = new Ajv({ strict: false }).compile(schema)

  it('fits its schema on every exit', () => {
    for (const exit of [0, 1, 2] as const) {
      const incomplete = exit === 2 ? 'no Flux' : undefined
      const report: unknown = JSON.parse(reportJson(input({ exit, incomplete })))
      expect([isReport(report), isReport.errors]).toEqual([true, null])
    }
  })

  it('counts lines and columns from 1, ends exclusive, and names commits in place of paths', () => {
    const report: { diagnostics: unknown[] } = JSON.parse(reportJson(input()))
    expect(report.diagnostics).toMatchObject([
      { path: 'apps/a.yaml', line: 3, column: 3, endLine: 3, endColumn: 10 },
      { commit: 'a'.repeat(40), in: 'message', line: 1, column: 1, endColumn: 5 },
    ])
    expect(report.diagnostics[1]).not.toHaveProperty('path')
  })
})

describe('the text report', () => {
  it('shows the line with a caret, the related place, the help and where it was seen', () => {
    expect(reportText(input()).split('\n').slice(0, 12)).toEqual([
      'error[unknown-field]: unknown field "spec.replica"',
      '  --> apps/a.yaml:3:3',
      ' 2 | spec:',
      ' 3 |   replica: 2',
      '   |   ^^^^^^^',
      '  = patched here: apps/a.yaml:1:1',
      '  = object: v1 A a · spec.replica',
      '  = help: did you mean replicas?',
      '  = seen in: apps/staging',
      '',
      'warning[long-header]: long',
      '  --> commit aaaaaaaaaaaa message 1:1',
    ])
  })

  it('masks what is hidden and keeps the columns', () => {
    const at = file.text.indexOf('hunter-two')
    const one = { code: 'x', level: 'error', message: 'm', at: file.span(at, at + 10) } as const
    const text = reportText(
      input({ diagnostics: [one], isHidden: (_, start, end) => start < at + 10 && at < end }),
    )
    expect(text).not.toContain('hunter')
    expect(text).toContain(`token: ${'•'.repeat(10)}`)
  })

  it('lets no control or bidirectional character of the repository through', () => {
    const hostile = new Source('a\u202e.yaml', 'a: \u001b[31mred\u202e\u0007\n')
    const one = {
      code: 'x',
      level: 'error',
      message: 'bad \u001b[2J',
      at: hostile.span(0, 1),
    } as const
    expect(reportText(input({ diagnostics: [one] }))).not.toMatch(/[\u001b\u202e\u0007]/)
  })
})

describe('merging', () => {
  it('makes one of what several builds say of a line', () => {
    const at = file.span(0, 4)
    const one = { code: 'x', level: 'error', message: 'm', at } as const
    const merged = mergeDiagnostics([
      { ...one, seenIn: ['b'] },
      { ...one, seenIn: ['a'] },
      { ...one, message: 'n', seenIn: ['c'] },
    ])
    expect(merged.map(({ message, seenIn }) => [message, seenIn])).toEqual([
      ['m', ['a', 'b']],
      ['n', ['c']],
    ])
  })
})
