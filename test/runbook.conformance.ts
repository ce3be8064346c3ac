import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { refereeFolder } from './referees.ts'

const runbook = readFileSync('.github/RUNBOOK.md', 'utf8')
const copy = mkdtempSync(join(tmpdir(), 'fluxgate-runbook-'))

afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** The commands of a section's shell blocks, comments kept. */
function commands(heading: string): string[] {
  const section = runbook.split(/^## /m).find(one => one.startsWith(`${heading}\n`)) ?? ''
  return [...section.matchAll(/```sh\n([^]*?)```/g)].map(([, body = '']) => body)
}

function run(script: string): string {
  const env = { ...process.env, PATH: `${refereeFolder()}${delimiter}${process.env['PATH'] ?? ''}` }
  return execFileSync('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: copy,
    env,
    encoding: 'utf8',
  })
}

describe('the runbook', () => {
  it('replaces the placeholder key and encrypts a secret anew, as written', () => {
    for (const path of ['clusters', 'apps', '.sops.yaml'])
      cpSync(path, join(copy, path), { recursive: true })
    const before = readFileSync(join(copy, '.sops.yaml'), 'utf8')
    const [makeKey = '', encrypt = ''] = commands('Keys')
    run(makeKey)
    expect(readFileSync(join(copy, '.sops.yaml'), 'utf8')).not.toBe(before)
    run(encrypt)
    const file = 'clusters/aks-cluster/github-token.sops.yaml'
    const recipient = run('age-keygen -y age.agekey').trim()
    expect(readFileSync(join(copy, file), 'utf8')).toContain(`recipient: ${recipient}`)
    expect(readFileSync(join(copy, file), 'utf8')).not.toContain('REPLACE')
    expect(run(`SOPS_AGE_KEY_FILE=age.agekey sops --decrypt ${file}`)).toContain('token: REPLACE')
  })

  it('rotates to a second recipient, as written', () => {
    const file = 'clusters/aks-cluster/github-token.sops.yaml'
    run('age-keygen -o next.agekey')
    const next = run('age-keygen -y next.agekey').trim()
    run(`sed -i "s/\\(age: age1[a-z0-9]*\\)/\\1,${next}/" .sops.yaml`)
    run(`SOPS_AGE_KEY_FILE=age.agekey sops updatekeys --yes ${file}`)
    expect(run(`SOPS_AGE_KEY_FILE=next.agekey sops --decrypt ${file}`)).toContain('token: REPLACE')
    run(`sed -i "s/age: age1[a-z0-9]*,/age: /" .sops.yaml`)
    run(`SOPS_AGE_KEY_FILE=next.agekey sops updatekeys --yes ${file}`)
    run(`SOPS_AGE_KEY_FILE=next.agekey sops rotate --in-place ${file}`)
    expect(() => run(`SOPS_AGE_KEY_FILE=age.agekey sops --decrypt ${file} 2>/dev/null`)).toThrow()
  })

  it('names only paths that exist', () => {
    const paths = [...runbook.matchAll(/`((?:clusters|apps|\.github)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    )
    expect(paths.length).toBeGreaterThan(10)
    expect(
      paths.filter(
        path =>
          !existsSync(path) &&
          !existsSync(path.replace(/^.*\//, 'clusters/aks-cluster/flux-system/')),
      ),
    ).toEqual([])
  })
})
