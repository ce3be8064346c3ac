import { existsSync, readFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { makeRepository, TestRepository } from '../repository.ts'
import { copySources, playJob, readWorkflow } from '../runner/workflow.ts'
import { testShell } from '../shell.ts'
import { CONFIG_MAP } from './pull.ts'

const VALIDATE = '.github/workflows/validate.yml'

/** This repository as `main`, and a branch `topic` on it whose test merge is `merge`. */
function pullRequest(change: (repository: TestRepository) => void) {
  const repository = makeRepository()
  copySources(repository.folder)
  const base = repository.commit('feat: everything')
  repository.git(['checkout', '--quiet', '-b', 'topic'])
  change(repository)
  const head = repository.commit('feat: more')
  repository.git(['checkout', '--quiet', '-b', 'merge', 'main'])
  repository.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'])
  const pull_request = {
    number: 7,
    title: 'feat: more',
    commits: 1,
    base: { sha: base },
    head: { sha: head, repo: { fork: false } },
  }
  const event = { name: 'pull_request', payload: { pull_request } }
  return { repository, scene: { origin: repository.folder, ref: 'merge', event } }
}

/** Every way to make the gate itself say yes. */
function disarm(repository: TestRepository): void {
  const yes = '#!/usr/bin/env node\nprocess.exitCode = 0\n'
  const manifest: Record<string, unknown> = JSON.parse(readFileSync('package.json', 'utf8'))
  repository.write({
    'src/cli.ts': yes,
    'src/checks/index.ts': 'export const checks = []\n',
    'actions/manifests/main.ts': yes,
    'actions/secrets/main.ts': yes,
    'actions/action.ts': 'export const runAction = async () => 0\n',
    'test/build/main.ts': yes,
    'package.json': JSON.stringify({ ...manifest, scripts: { build: 'true' } }),
    'package-lock.json': '{}',
    '.github/fluxgate.yaml': 'checks:\n  unknown-field: off\n  plaintext-secret: off\n',
  })
}

describe('the judge is not in the hands of the judged', () => {
  test('a pull request that disarms the gate is judged by the base', async () => {
    const { repository, scene } = pullRequest(topic => {
      disarm(topic)
      const text = CONFIG_MAP.replace('\ndata:', '\ndat:')
      topic.write({
        'clusters/aks-cluster/broken.yaml': text.replace(
          '  name: a',
          '  name: a\n  namespace: flux-system',
        ),
      })
    })
    using _ = repository
    const { passed, outcomes, log } = await playJob(VALIDATE, 'manifests', scene)
    expect(log).not.toContain('ERR!')
    expect(passed).toBe(false)
    const said = outcomes.flatMap(one => one.annotations)
    expect(said.map(one => one.properties['title'])).toContain('the gate is changed')
    expect(said).toContainEqual(
      expect.objectContaining({
        level: 'error',
        properties: expect.objectContaining({
          file: 'clusters/aks-cluster/broken.yaml',
          title: 'unknown-field',
        }),
      }),
    )
  }, 300_000)

  test.runIf(existsSync('src/cli/secrets.ts'))(
    'and so is a plaintext secret',
    async () => {
      const { repository, scene } = pullRequest(topic => {
        disarm(topic)
        const value = Buffer.from('correct horse battery staple').toString('base64')
        topic.write({
          'clusters/aks-cluster/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: flux-system\ndata:\n  password: ${value}\n`,
        })
      })
      using _ = repository
      const { passed, outcomes, log } = await playJob(VALIDATE, 'secrets', scene)
      expect(log).not.toContain('ERR!')
      expect(passed).toBe(false)
      const files = outcomes.flatMap(one => one.annotations.map(said => said.properties['file']))
      expect(files).toContain('clusters/aks-cluster/secret.yaml')
    },
    300_000,
  )
})

describe('ten lines give another repository everything', () => {
  const readme = readFileSync('README.md', 'utf8')
  const ten = /```yaml\n(# \.github\/workflows\/fluxgate\.yml\n.*?)```/s.exec(readme)?.[1] ?? ''

  test('the lines of the README are those that init writes', async () => {
    using repository = makeRepository()
    const shell = { ...testShell(repository.folder), asset: () => '' }
    expect(await runCommand(['init', '.'], shell)).toBe(0)
    const written = readFileSync(join(repository.folder, '.github/workflows/fluxgate.yml'), 'utf8')
    expect(ten.split('\n').slice(1).join('\n')).toBe(written)
    expect(written.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
    repository.write({ '.github/fluxgate.yaml': 'mine: true\n' })
    await runCommand(['init', '.'], shell)
    expect(shell.written.out).toContain('kept    .github/fluxgate.yaml')
    expect(readFileSync(join(repository.folder, '.github/fluxgate.yaml'), 'utf8')).toBe(
      'mine: true\n',
    )
  })

  test('they work in an empty repository', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fluxgate-empty-'))
    using repository = new TestRepository(folder)
    repository.git(['init', '--quiet', '--initial-branch=main'])
    const base = repository.commit('feat: start', { 'README.md': 'empty\n' })
    repository.git(['checkout', '--quiet', '-b', 'topic'])
    const head = repository.commit('feat: add the gate', { '.github/workflows/fluxgate.yml': ten })
    const { uses = '' } =
      readWorkflow(join(folder, '.github/workflows/fluxgate.yml')).jobs['fluxgate'] ?? {}
    const file = uses.replace(/^[^/]+\/[^/]+\//, '').replace(/@.*$/, '')
    repository.git(['checkout', '--quiet', '-b', 'merge', 'main'])
    repository.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'])
    const pull = { number: 1, title: 'feat: add the gate', commits: 1, base: { sha: base } }
    const payload = { pull_request: { ...pull, head: { sha: head, repo: { fork: false } } } }
    const scene = {
      origin: folder,
      ref: 'merge',
      event: { name: 'pull_request', payload },
      inputs: { 'fail-on': 'error', 'merge-method': '' },
      self: process.cwd(),
    }
    const jobs = Object.keys(readWorkflow(file).jobs).filter(id => id !== 'gate')
    for (const id of jobs.filter(one => one !== 'secrets' || existsSync('src/cli/secrets.ts'))) {
      const { outcomes, passed } = await playJob(file, id, scene)
      expect([id, outcomes[0]?.annotations.filter(one => one.level === 'error')]).toEqual([id, []])
      expect(passed, id).toBe(true)
    }
  }, 60_000)
})
