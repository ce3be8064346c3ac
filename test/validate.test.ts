import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import { testShell } from './shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-validate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

async function run(
  args: string[],
  stdin = '',
): Promise<{ exit: number; out: string; err: string }> {
  const shell = testShell(folder, stdin)
  const exit = await runCommand(['validate', ...args], { ...shell, asset })
  return { exit, ...shell.written }
}

const asset = (path: string): string => readFileSync(path, 'utf8')

interface Report {
  readonly ok: boolean
  readonly documents: readonly {
    readonly index: number
    readonly line: number
    readonly object?: string
    readonly status: string
    readonly diagnostics: readonly {
      readonly code: string
      readonly message: string
      readonly line: number
    }[]
  }[]
}

async function report(args: string[], stdin = ''): Promise<Report> {
  return JSON.parse((await run([...args, '--format', 'json'], stdin)).out)
}

const GOOD = `apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: b}
data: {k: v}
`

describe('validate', () => {
  it('reports every document by itself', async () => {
    const stdin = `${GOOD}---\n# nothing\n---\n${GOOD.replace('\ndata', '\ndta')}---\na: [\n---\n- a\n`
    const { ok, documents } = await report(['-'], stdin)
    expect(ok).toBe(false)
    expect(
      documents.map(one => [
        one.index,
        one.status,
        one.diagnostics.map(d => `${d.line} ${d.code}`),
      ]),
    ).toEqual([
      [0, 'valid', []],
      [2, 'invalid', ['11 unknown-field']],
      [3, 'invalid', ['14 unparsable-yaml']],
      [4, 'invalid', ['15 unparsable-yaml']],
    ])
    expect(documents[0]?.object).toBe('v1 ConfigMap b/a')
  })

  it('judges the items of a List', async () => {
    const stdin =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n  dta: {}\n'
    expect((await report(['-'], stdin)).documents[0]?.diagnostics[0]?.message).toBe(
      'unknown field "dta"',
    )
  })

  it('refuses keys that stand twice', async () => {
    const { documents } = await report(['-'], `${GOOD}data: {k: w}\n`)
    expect(documents[0]?.diagnostics[0]?.message).toBe('key "data" already set in map')
  })

  it('takes the schema of a custom resource from a CRD beside it', async () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              x-kubernetes-validations:
                - rule: self.size <= 3
                  message: too big
              properties: {size: {type: integer, default: 9}}
`
    const widget =
      'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {sise: 1}\n'
    const path = file('widgets/crd.yaml', crd)
    file('widgets/widget.yaml', widget)
    const { documents } = await report([join(path, '..')])
    expect(documents[1]?.diagnostics.map(one => one.message)).toEqual(['unknown field "spec.sise"'])
    file('widgets/widget.yaml', widget.replace('{sise: 1}', '{}'))
    const second = await report([join(path, '..')])
    expect(second.documents[1]?.diagnostics.map(one => one.message)).toEqual([
      'spec: Invalid value: too big',
    ])
  })

  it('says what fails on some versions alone', async () => {
    const stdin =
      'apiVersion: resource.k8s.io/v1\nkind: DeviceClass\nmetadata: {name: a}\nspec: {}\n'
    const { documents } = await report(['-', '--kubernetes-version', '1.33,v1.36.2'], stdin)
    expect(documents[0]?.diagnostics[0]?.message).toMatch(
      /^no matches for kind .* \(Kubernetes 1\.33 only\)$/,
    )
    expect((await report(['-', '--kubernetes-version', 'master'], stdin)).ok).toBe(true)
  })

  it('knows its unknowns', async () => {
    const stdin = 'apiVersion: nobody.example.org/v1\nkind: Thing\nmetadata: {name: a}\n'
    expect((await report(['-'], stdin)).documents[0]?.status).toBe('invalid')
    expect((await report(['-', '-ignore-missing-schemas'], stdin)).documents[0]?.status).toBe(
      'skipped',
    )
  })

  it.each([
    [['--format', 'json', '-output', 'json', '-'], 'exclude each other'],
    [['--kubernetes-version', '1.20', '-'], 'no schemas for Kubernetes "1.20"'],
    [['nowhere.yaml'], 'no such file or directory'],
    [['--nonsense', '-'], 'flag provided but not defined: -nonsense'],
  ])('cannot judge %j', async (args, text) => {
    const { exit, err } = await run(args)
    expect(exit).toBe(2)
    expect(err).toContain(text)
  })

  it('never shows a value of a Secret', async () => {
    const stdin =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {password: 123456789}\ndata: {a: hunter2hunter2!}\n'
    for (const args of [
      ['-'],
      ['-', '--format', 'json'],
      ['-', '-output', 'json'],
      ['-', '-output', 'text'],
    ]) {
      const { exit, out } = await run(args, stdin)
      expect(exit).toBe(1)
      expect(out).not.toMatch(/123456789|hunter2/)
    }
  })
})
