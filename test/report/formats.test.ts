import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportGithub } from '../../src/report/github.ts'
import { reportJunit } from '../../src/report/junit.ts'
import { code, fence, MAX_SUMMARY, reportMarkdown } from '../../src/report/markdown.ts'
import type { ReportInput } from '../../src/report/reporter.ts'
import { reportSarif } from '../../src/report/sarif.ts'
import { reportTap } from '../../src/report/tap.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { Source } from '../../src/text/source.ts'
import { readOutput } from '../runner/runner.ts'

function inputOf(diagnostics: readonly Diagnostic[], more: Partial<ReportInput> = {}): ReportInput {
  return {
    tool: { name: 'fluxgate', version: '1.2.3' },
    diagnostics,
    counts: { error: diagnostics.length, warning: 0, note: 0 },
    checked: { kustomizations: 1, objects: 2, files: 3, commits: 0, skipped: [] },
    stages: [],
    exit: diagnostics.length > 0 ? 1 : 0,
    incomplete: undefined,
    isHidden: () => false,
    color: false,
    quiet: false,
    ...more,
  }
}

function errorAt(
  line: number,
  message = 'bad',
  path = 'a.yaml',
  text = 'x: 1\n'.repeat(500),
): Diagnostic {
  const source = new Source(path, text)
  const start = source.lineStart(line)
  return { code: 'unknown-field', level: 'error', message, at: source.span(start, start + 1) }
}

const evil = fc
  .array(
    fc.constantFrom(
      ...'::|::error::x|##[error]|##[|%0A|\n|\r|\u2028|\u0085|`|```|<b>|</details>|@all|#1|\u202e|a|]]>|&|"|\\|..'.split(
        '|',
      ),
      '|',
      ' ',
    ),
    { maxLength: 20 },
  )
  .map(parts => parts.join(''))

function hostile(text: string): Diagnostic {
  const at = new Source(`${text}.yaml`, `${text}\n${text}`).span(0, 3)
  const related = [{ span: at, text }]
  const base: Diagnostic = { code: 'unknown-field', level: 'error', message: text, at, related }
  return {
    ...base,
    object: text,
    field: text,
    help: text,
    fix: text,
    command: text,
    seenIn: [text],
  }
}

describe('github', () => {
  test('no text of others is a command', () => {
    fc.assert(
      fc.property(evil, text => {
        const { annotations, commands } = readOutput(
          reportGithub(inputOf([hostile(text)], { incomplete: text })),
        )
        expect(commands).toEqual([])
        expect(annotations.map(one => one.properties['title'])).toEqual([
          'could not judge',
          'unknown-field',
        ])
      }),
    )
  })

  test('annotates ten of a level, changed lines first, and says so', () => {
    const all = Array.from({ length: 30 }, (_, i) => errorAt(i + 1))
    const isChanged = (_: string, line: number | undefined) => line === undefined || line > 25
    const { annotations, log } = readOutput(reportGithub(inputOf(all, { isChanged })))
    expect(annotations.map(one => Number(one.properties['line']))).toEqual([
      26, 27, 28, 29, 30, 1, 2, 3, 4, 5,
    ])
    expect(log).toContainEqual(expect.stringContaining('10 of 30 errors are shown'))
    expect(annotations[0]?.properties).toMatchObject({
      file: 'a.yaml',
      col: '1',
      title: 'unknown-field',
    })
  })
})

describe('markdown', () => {
  test('text of others stays in its span or block', () => {
    fc.assert(
      fc.property(evil, text => {
        const span = code(text)
        const [ticks = ''] = /^`+/.exec(span) ?? []
        expect(span.slice(ticks.length, -ticks.length).includes(ticks + '`')).toBe(false)
        expect(span).not.toMatch(/[\n\r\u202e]|(?<!\\)\|/)
        const [open = '', ...lines] = fence(text, 'text').trimEnd().split('\n')
        const mark = open.replace('text', '')
        expect(lines.filter(line => line.trim().startsWith(mark))).toEqual([mark])
        expect(reportMarkdown(inputOf([hostile(text)]))).not.toMatch(/\u202e/)
      }),
    )
  })

  test('is cut at a section below the limit, and says so', () => {
    const all = Array.from({ length: 4000 }, (_, i) => errorAt((i % 400) + 1, 'y'.repeat(400)))
    const page = reportMarkdown(inputOf(all))
    expect(Buffer.byteLength(page)).toBeLessThan(MAX_SUMMARY)
    expect(page).toMatch(/_Cut here: \d+ of \d+ sections did not fit/)
    expect(page.split('```').length % 2).toBe(1)
  })
})

test('SARIF keeps what code scanning needs', () => {
  const commit = new Source('', 'Bad', { commit: 'f'.repeat(40), in: 'message' }).span(0, 3)
  const all = [errorAt(3), { ...errorAt(4), at: commit }]
  const report: unknown = JSON.parse(reportSarif(inputOf(all)))
  expect(report).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        columnKind: 'utf16CodeUnits',
        tool: { driver: { name: 'fluxgate', rules: [{ id: 'unknown-field' }] } },
        results: [
          {
            ruleId: 'unknown-field',
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a.yaml' },
                  region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 2 },
                },
              },
            ],
          },
          {
            locations: [
              { physicalLocation: { artifactLocation: { uri: `commits/${'f'.repeat(40)}` } } },
            ],
          },
        ],
      },
    ],
  })
  expect(reportSarif(inputOf([], { exit: 2, incomplete: 'why' }))).toContain(
    '"executionSuccessful": false',
  )
})

test('JUnit is well-formed whatever it quotes', () => {
  fc.assert(
    fc.property(evil, text => {
      const xml = reportJunit(inputOf([hostile(text)]))
      expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/)
      const quoted = xml.replaceAll(/"[^"]*"/g, '""')
      expect(quoted.replaceAll(/<\/?[a-z-]+(?: [a-z]+="")*\/?>|<\?xml[^>]*\?>/g, '')).not.toMatch(
        /[<>]|&(?!#?\w+;)/,
      )
    }),
  )
  expect(reportJunit(inputOf([]))).toContain('tests="1" failures="0"')
})

test('TAP has one point a finding and no directive of others', () => {
  fc.assert(
    fc.property(evil, text => {
      const lines = reportTap(inputOf([hostile(`${text} # SKIP`)])).split('\n')
      expect(lines.slice(0, 2)).toEqual(['TAP version 14', '1..1'])
      expect(lines.filter(line => /^(not )?ok/.test(line))).toHaveLength(1)
      expect(lines[2]).not.toMatch(/(?<!\\)#/)
    }),
  )
  expect(reportTap(inputOf([], { incomplete: 'why', exit: 2 }))).toContain('Bail out! why')
})
