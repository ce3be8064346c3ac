import { generateIdentity } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fluxgate } from './cli/run.ts'
import { makeRepository, type TestRepository } from './repository.ts'
import { zip } from './secrets/disguises.ts'

interface Said {
  readonly code: string
  readonly level: string
  readonly path?: string
  readonly commit?: string
  readonly in?: string
  readonly message: string
}

const sync = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: 'https://example.org/x.git', ref: {branch: main}}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 10m, path: cluster, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`

const keys = new Map<string, string>()
const commits = new Map<string, string>()
let repository: TestRepository
let said: readonly Said[] = []
let output = ''

/** A commit that gives a key of its own away; the key and the commit are known by the name. */
async function leak(name: string, make: (key: string) => string): Promise<void> {
  const key = await generateIdentity()
  keys.set(name, key)
  commits.set(name, make(key))
}

beforeAll(async () => {
  repository = makeRepository()
  repository.commit('feat: start', { 'README.md': 'Hello.\n', 'cluster/sync.yaml': sync })
  repository.git(['branch', 'base'])
  await leak('removed', key => {
    const id = repository.commit('feat: add', { 'a/keys.txt': `${key}\n` })
    repository.git(['rm', '--quiet', 'a/keys.txt'])
    repository.commit('fix: remove it')
    return id
  })
  await leak('renamed', key => {
    const id = repository.commit('feat: add', { 'b.yaml': `a: ${key}\n` })
    repository.git(['mv', 'b.yaml', 'c.txt'])
    repository.commit('refactor: move', { 'c.txt': 'nothing\n' })
    return id
  })
  await leak('message', key => repository.commit(`fix: rotate\n\nold: ${key}\n`, { d: '1' }))
  await leak('author', key =>
    repository.commit('fix: name', { d: '2' }, { GIT_AUTHOR_EMAIL: `${key}@example.org` }),
  )
  await leak('committer', key =>
    repository.commit('fix: name', { d: '3' }, { GIT_COMMITTER_NAME: key }),
  )
  await leak('file name', key => {
    const id = repository.commit('feat: name', { [`notes/${key}.txt`]: 'x' })
    repository.git(['rm', '--quiet', `notes/${key}.txt`])
    repository.commit('fix: remove it')
    return id
  })
  await leak('link', key => {
    repository.link('link', key)
    const id = repository.commit('feat: link')
    repository.git(['rm', '--quiet', 'link'])
    repository.commit('fix: remove it')
    return id
  })
  await leak('merge', key => {
    repository.git(['switch', '--quiet', '-c', 'side', 'HEAD~1'])
    repository.commit('feat: side', { side: '1' })
    repository.git(['switch', '--quiet', 'main'])
    repository.git(['merge', '--quiet', '--no-ff', '--no-commit', 'side'])
    const id = repository.commit('feat: merge', { evil: key })
    repository.git(['rm', '--quiet', 'evil'])
    repository.commit('fix: remove it')
    return id
  })
  await leak('submodule', key => {
    const url = `https://bot:${key}@example.org/x.git`
    return repository.commit('feat: module', {
      '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = ${url}\n`,
    })
  })
  await leak('pointer', key =>
    repository.commit('feat: pointer', {
      'big.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1\nx ${key}\n`,
    }),
  )
  const ran = fluxgate(['secrets', '--base', 'base', '--format', 'json'], repository.folder)
  output = ran.out + ran.err
  expect(ran.code).toBe(1)
  const report: { diagnostics: Said[] } = JSON.parse(ran.out)
  said = report.diagnostics
})

afterAll(() => repository[Symbol.dispose]())

describe('a key that commits bring is found with the commit', () => {
  it.each(['removed', 'renamed', 'message', 'author', 'committer', 'file name', 'link', 'merge'])(
    '%s',
    name => {
      const mine = said.filter(
        one => one.code === 'age-identity' && one.commit === commits.get(name),
      )
      expect(mine.map(one => one.level)).toContain('error')
    },
  )

  it.each(['submodule', 'pointer'])('in a file that is still there: %s', name => {
    const path = name === 'pointer' ? 'big.bin' : '.gitmodules'
    expect(said.filter(one => one.path === path).map(one => one.code)).toContain('age-identity')
  })

  it('and no report holds a part of any of them', () => {
    for (const key of keys.values()) expect(output).not.toContain(key.slice(20, 40))
  })
})

it('check --base looks through the commits as well', () => {
  const ran = fluxgate(['check', '--base', 'base', '--format', 'json'], repository.folder)
  const report: { diagnostics: Said[]; reason?: string } = JSON.parse(ran.out)
  expect(report.reason).toBeUndefined()
  const found = report.diagnostics.filter(one => one.code === 'age-identity')
  expect(found.map(one => one.commit)).toContain(commits.get('removed'))
  expect(ran.code).toBe(1)
  for (const key of keys.values()) expect(ran.out + ran.err).not.toContain(key.slice(20, 40))
})

it('a title, a body, names of branches and tags are texts of their own', async () => {
  const key = await generateIdentity()
  for (const flag of ['--title', '--body', '--ref']) {
    const ran = fluxgate(['secrets', flag, `feature/${key}`, '--format', 'json'], repository.folder)
    const report: { diagnostics: Said[] } = JSON.parse(ran.out)
    expect(report.diagnostics.filter(one => one.in === flag.slice(2)).map(one => one.code)).toEqual(
      ['age-identity'],
    )
    expect(ran.out + ran.err).not.toContain(key.slice(20, 40))
  }
})

it('a shallow clone cannot be judged, and says what to do', () => {
  const clone = repository.clone('--depth', '2')
  try {
    const sha = repository.git(['rev-parse', 'base'])
    for (const command of ['secrets', 'check']) {
      const ran = fluxgate([command, '--base', sha, '--format', 'json'], clone.folder)
      expect(ran.code).toBe(2)
      expect(ran.out + ran.err).toContain('git fetch --unshallow')
    }
  } finally {
    clone[Symbol.dispose]()
  }
})

it('what a pull request adds and nobody can open makes exit 2, also where it stays', () => {
  const other = makeRepository()
  try {
    other.commit('feat: start', { 'README.md': 'Hello.\n' })
    other.git(['branch', 'base'])
    other.commit('feat: add', { 'a.zip': zip('k', 'x'.repeat(40), 1) })
    expect(fluxgate(['secrets'], other.folder).code).toBe(0)
    const ran = fluxgate(['secrets', '--base', 'base', '--format', 'json'], other.folder)
    expect(ran.code).toBe(2)
    const report: { diagnostics: { code: string; fingerprint: string }[] } = JSON.parse(ran.out)
    const [found] = report.diagnostics.filter(one => one.code === 'opaque-content')
    other.git(['switch', '--quiet', 'base'])
    other.commit('chore: allow', {
      '.github/fluxgate.yaml': `allow:\n  - path: '**/*.zip'\n    fingerprint: ${found?.fingerprint}\n    reason: a fixture\n`,
    })
    other.git(['switch', '--quiet', 'main'])
    expect(fluxgate(['secrets', '--base', 'base'], other.folder).code).toBe(0)
  } finally {
    other[Symbol.dispose]()
  }
})
