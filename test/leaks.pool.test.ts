import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { onAllCores, startLeaks } from '../src/cli/leaks/pool.ts'
import { Share } from '../src/cli/leaks/share.ts'
import { packChunk, unpackChunk } from '../src/cli/leaks/wire.ts'
import { findInHistory } from '../src/secrets/history.ts'
import { findLeaks, surroundingsOf } from '../src/secrets/tree.ts'
import type { Finding } from '../src/text/diagnostic.ts'
import { diskTree, workTree } from '../src/tree/disk.ts'
import { type GitProblem, isProblem, openRepository, type Repository } from '../src/tree/git.ts'
import { revisions } from '../src/tree/githistory.ts'
import { memoryTree } from '../src/tree/memory.ts'
import { makeRepository } from './repository.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** 400 files, a Secret in plain text in every seventh, a setting in every eleventh, names that are no UTF-8. */
function leakyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-pool-'))
  folders.push(folder)
  for (let i = 0; i < 400; i++) {
    mkdirSync(join(folder, `d${i % 9}`), { recursive: true })
    writeFileSync(join(folder, `d${i % 9}`, `f${i}.yaml`), textOf(i))
  }
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.of(0xff)]), textOf(7))
  symlinkSync('d0', join(folder, 'link'))
  return folder
}

function textOf(i: number): string {
  const value = `hunter${i}`
  if (i % 7 === 0)
    return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s${i}\nstringData:\n  password: ${value}\n`
  return i % 11 === 0 ? `settings:\n  password: ${value}\n` : `plain: ${i}\n`
}

function answered<T>(answer: T | GitProblem): T {
  if (isProblem(answer)) throw new Error(answer.message)
  return answer
}

function opened(folder: string): Repository {
  return answered(openRepository(folder))
}

function plain(findings: readonly Finding[]): unknown[] {
  return findings.map(({ at, related, ...rest }) => ({
    ...rest,
    path: at.source.path,
    text: at.source.text,
    start: at.start,
    end: at.end,
    related: related?.length,
  }))
}

it('finds on several cores what it finds on one, in the same order', () => {
  const tree = diskTree(leakyFolder())
  const expected = plain([...findLeaks(tree)])
  expect(expected.length).toBeGreaterThan(80)
  for (let i = 0; i < 3; i++) {
    const leaks = startLeaks(tree, undefined)
    expect(leaks === undefined).toBe(availableParallelism() < 2)
    if (leaks !== undefined) expect(plain(leaks())).toEqual(expected)
  }
})

it('lets a thread do all the work where this one is busy', { timeout: 20_000 }, async () => {
  const folder = leakyFolder()
  const tree = diskTree(folder)
  const expected = plain([...findLeaks(tree)])
  const leaks = startLeaks(tree, undefined)
  await new Promise(done => setTimeout(done, 5000))
  // Nothing is left that this thread could read.
  rmSync(folder, { recursive: true })
  if (leaks !== undefined) expect(plain(leaks())).toEqual(expected)
})

it('leaves trees that are small or not on disk to this thread', () => {
  expect(startLeaks(memoryTree({ 'a.yaml': 'a: 1' }), undefined)).toBeUndefined()
})

it('finds in the commits on several cores what it finds on one, in the same order', () => {
  const repository = makeRepository()
  folders.push(repository.folder)
  repository.commit('feat: start', {
    'kustomization.yaml': 'secretGenerator: [{files: [made.txt]}]\n',
  })
  repository.git(['branch', 'base'])
  const padding = '# nothing but a long comment\n'.repeat(500)
  for (let i = 0; i < 30; i++)
    repository.commit(`fix: change ${i}`, {
      'made.txt': `${i}${padding}`,
      ...Object.fromEntries([0, 1, 2, 3].map(j => [`${j}.yaml`, textOf(4 * i + j) + padding + i])),
    })
  const git = opened(repository.folder)
  const added = answered(revisions(git, 'base', 'HEAD'))
  const around = () => surroundingsOf(workTree(repository.folder))
  const expected = answered(findInHistory(git, added, around()))
  expect(new Set(expected.findings.map(one => one.code)).size).toBeGreaterThan(1)
  expect(expected.findings.length).toBeGreaterThan(50)
  const found = answered(findInHistory(git, added, around(), onAllCores(undefined)))
  expect(plain(found.findings)).toEqual(plain(expected.findings))
})

it('says what no clone has, also where another thread misses it', () => {
  const repository = makeRepository()
  folders.push(repository.folder)
  repository.commit('feat: start')
  const missing = Array.from({ length: 600 }, (_, i) => ({
    blob: i.toString(16).padStart(40, 'a'),
    size: 5000,
    places: [{ path: `${i}.yaml`, commit: '', kind: 'file' as const }],
  }))
  const around = surroundingsOf(memoryTree({}))
  const answer = onAllCores(undefined)(opened(repository.folder), missing, around)
  expect(answer).toMatchObject({ problem: 'unreachable' })
})

it('sends findings whole', () => {
  const found = [...findLeaks(memoryTree({ 'a.yaml': textOf(7), 'b.yaml': textOf(11) }))]
  const sent = structuredClone(packChunk(32, found))
  expect(sent.run).toBe(32)
  expect(plain(unpackChunk(sent) ?? [])).toEqual(plain(found))
  expect(unpackChunk(packChunk(0, undefined))).toBeUndefined()
})

it('does not wait for ever for a thread that died', () => {
  const share = Share.of(3)
  const [lost, done] = [share.take(), share.take()]
  share.begin(lost)
  share.begin(done)
  share.finish(done, 3)
  share.settle(20)
  expect([lost, done, share.take()]).toEqual([0, 1, 2])
  expect([...share.left()]).toEqual([0, 2])
  expect(share.tries).toBe(3)
})
