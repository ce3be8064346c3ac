import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import { type Case, fluxAnswer, isAccepted, readCases } from './apiserver/cases.ts'
import { classOf } from './apiserver/score.ts'
import { testShell } from './shell.ts'

/**
 * Where the server would answer otherwise than its manifest says: its network is the cluster's own,
 * and `namespace: ~` was sent to the address of a namespace called `~`.
 */
const ELSEWHERE = /not configured for dual-stack|failed to allocate IP/
const isElsewhere = (one: Case): boolean =>
  ELSEWHERE.test(JSON.stringify(one.ssa)) ||
  (one.op === 'plain-tilde' && one.path === '/metadata/namespace')

/** Classes in which kubeconform's schemas, with the server's own enums, refuse what the server takes. */
const STRICTER = ['null', 'other rules', 'plain YAML scalar', 'string content']

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-verdicts-'))
const cases = readCases()
const refused = new Set(
  gunzipSync(readFileSync(join(import.meta.dirname, 'data/apiserver/kubeconform-refused.txt.gz')))
    .toString()
    .split('\n'),
)

beforeAll(() => {
  for (const one of cases)
    writeFileSync(join(folder, `${one.id}.yaml`), one.yaml ?? JSON.stringify(one.object))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function validate(...paths: string[]): Promise<{ exit: number; invalid: Set<string> }> {
  const shell = testShell(folder)
  const exit = await runCommand(['validate', '-strict', '-output', 'json', ...paths], shell)
  const report: { resources?: { filename: string }[] } = JSON.parse(shell.written.out)
  const names = (report.resources ?? []).map(one => basename(one.filename, '.yaml'))
  return { exit, invalid: new Set(names) }
}

describe('verdicts beside kubeconform and the server', () => {
  it('are theirs where both agree, and else the server’s', async () => {
    const { exit, invalid } = await validate(folder)
    const wrong = cases.filter(
      one => !isElsewhere(one) && invalid.has(one.id) === isAccepted(fluxAnswer(one)),
    )
    expect(exit).toBe(1)
    expect(wrong.map(({ id, kind, op, path }) => `${id} ${kind} ${op} ${path}`)).toEqual([])
    const stricter = cases.filter(one => refused.has(one.id) && isAccepted(fluxAnswer(one)))
    expect([...new Set(stricter.map(one => classOf(one.op)))].toSorted()).toEqual(STRICTER)
  })

  it('give the exit code that both give', async () => {
    const shared = cases.filter(one => refused.has(one.id) !== isAccepted(fluxAnswer(one)))
    expect(shared.length).toBeGreaterThan(4000)
    for (const one of shared.filter((_, i) => i % 50 === 0)) {
      const { exit } = await validate(join(folder, `${one.id}.yaml`))
      expect(`${one.id} ${exit}`).toBe(`${one.id} ${refused.has(one.id) ? 1 : 0}`)
    }
  })
})
