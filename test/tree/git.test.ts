import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { workTree } from '../../src/tree/disk.ts'
import { type GitProblem, isProblem, openRepository, type Repository } from '../../src/tree/git.ts'
import { addedBlobs, changedPaths, readBlobs } from '../../src/tree/gitchanges.ts'
import { mergeBase, resolveCommit, revisions } from '../../src/tree/githistory.ts'
import { commitTree, stagedTree } from '../../src/tree/gittree.ts'
import { makeRepository, type TestRepository } from '../repository.ts'

function known<T>(value: T | GitProblem): T {
  if (isProblem(value)) throw new Error(`${value.message}: ${value.help}`)
  return value
}

const open = (repository: TestRepository): Repository => known(openRepository(repository.folder))
const problemOf = (value: unknown): string => (isProblem(value) ? value.problem : 'none')

describe('trees of git', () => {
  test('a commit is a tree with sizes, blob ids, links, and its own bytes', () => {
    using repository = makeRepository()
    repository.link('l', 'a.yaml')
    repository.commit('feat: one', {
      'a.yaml': 'old\n',
      'd/ü.yaml': 'x',
      'big.bin': 'y'.repeat(3e6),
    })
    repository.commit('feat: two', { 'a.yaml': 'new\n' })
    const git = open(repository)
    const tree = known(commitTree(git, 'HEAD~1'))
    expect(tree.entries().map(one => `${one.kind} ${one.path} ${one.size}`)).toEqual([
      'file a.yaml 4',
      'file big.bin 3000000',
      'file d/ü.yaml 1',
      'link l 0',
    ])
    expect(tree.entry('l')?.target).toBe('a.yaml')
    expect(tree.entry('a.yaml')?.blob).toBe(repository.git(['rev-parse', 'HEAD~1:a.yaml']))
    expect(Buffer.from(tree.read('a.yaml')).toString()).toBe('old\n')
    expect(tree.read('big.bin').length).toBe(3e6)
    expect(Buffer.from(known(commitTree(git, 'HEAD')).read('a.yaml')).toString()).toBe('new\n')
    expect(() => tree.read('absent')).toThrow('no file at absent')
  })

  test('the index is a tree of its own', () => {
    using repository = makeRepository()
    repository.commit('feat: one', { 'a.yaml': '1', 'b.yaml': '2' })
    repository.write({ 'a.yaml': 'staged', 'c.yaml': 'untracked' })
    repository.git(['add', 'a.yaml'])
    repository.git(['rm', '--quiet', '--cached', 'b.yaml'])
    repository.write({ 'a.yaml': 'later' })
    const tree = known(stagedTree(open(repository)))
    expect(tree.entries().map(one => one.path)).toEqual(['a.yaml'])
    expect(Buffer.from(tree.read('a.yaml')).toString()).toBe('staged')
  })

  test('nothing that the repository configures is run', () => {
    using repository = makeRepository()
    repository.commit('feat: one', { 'a.yaml': '1', '.gitattributes': '* filter=evil diff=evil' })
    const mark = join(repository.folder, 'ran')
    for (const key of [
      'core.fsmonitor',
      'filter.evil.clean',
      'diff.external',
      'diff.evil.textconv',
    ])
      repository.git(['config', key, `touch ${mark}; cat`])
    repository.write({ 'a.yaml': '2' })
    const git = open(repository)
    known(changedPaths(git, 'HEAD', workTree(repository.folder)))
    known(commitTree(git, 'HEAD'))
    known(addedBlobs(git, [known(resolveCommit(git, 'HEAD'))]))
    expect(existsSync(mark)).toBe(false)
  })
})

describe('problems are values that name the fix', () => {
  test('of folders and revisions', () => {
    using repository = makeRepository()
    repository.commit('feat: one')
    const git = open(repository)
    expect(problemOf(openRepository('/'))).toBe('no-repository')
    expect(problemOf(openRepository('/absent'))).toBe('no-git')
    for (const rev of ['', '-x', '--all', 'absent', 'a b', 'HEAD:x', 'HEAD^{tree}'])
      expect(problemOf(resolveCommit(git, rev)), rev).toBe('unknown-revision')
    const gone = resolveCommit(git, 'a'.repeat(40))
    expect(isProblem(gone) && gone.help).toContain('forced push')
  })

  test('of histories that share nothing', () => {
    using repository = makeRepository()
    repository.commit('feat: one')
    repository.git(['checkout', '--quiet', '--orphan', 'other'])
    repository.commit('feat: two')
    expect(problemOf(mergeBase(open(repository), 'main', 'other'))).toBe('unrelated')
  })

  test('of clones without blobs', () => {
    using repository = makeRepository()
    repository.commit('feat: one', { 'a.yaml': '1' })
    using clone = repository.clone('--filter=tree:0', '--no-checkout')
    const git = open(clone)
    expect(known(revisions(git, 'HEAD', 'HEAD'))).toEqual([])
    expect(problemOf(commitTree(git, 'HEAD'))).toBe('unreachable')
  })
})

describe('what commits bring', () => {
  test('a blob that a later commit removes is still there, once', () => {
    using repository = makeRepository()
    const base = repository.commit('feat: one', { 'a.yaml': '1' })
    const added = repository.commit('feat: two', { 'key.txt': 'secret', 'a.yaml': '2' })
    repository.git(['rm', '--quiet', 'key.txt'])
    repository.commit('feat: three')
    repository.git(['checkout', '--quiet', '-b', 'side', base])
    repository.commit('feat: four', { 'side.yaml': '4' })
    repository.git(['checkout', '--quiet', 'main'])
    repository.git(['merge', '--quiet', '--no-commit', 'side'])
    repository.write({ 'evil.yaml': 'only in the merge' })
    repository.commit('merge')
    const git = open(repository)
    const commits = known(revisions(git, base, 'HEAD'))
    const blobs = known(
      addedBlobs(
        git,
        commits.map(commit => commit.sha),
      ),
    )
    expect(blobs.map(one => one.path).sort()).toEqual([
      'a.yaml',
      'evil.yaml',
      'key.txt',
      'side.yaml',
    ])
    const key = blobs.find(one => one.path === 'key.txt')
    expect(key).toMatchObject({ commit: added, kind: 'file', size: 6 })
    const bytes = [...readBlobs(git, key ? [key] : [])].map(known)
    expect(bytes.map(one => Buffer.from(one.bytes).toString())).toEqual(['secret'])
  })

  test('changed paths of commits and of the working copy', () => {
    using repository = makeRepository()
    repository.commit('feat: one', { a: '1', b: '1', c: '1' })
    repository.git(['rm', '--quiet', 'b'])
    repository.commit('feat: two', { a: '2', 'n ü': '' })
    repository.write({ c: '3', u: '' })
    const git = open(repository)
    expect(known(changedPaths(git, 'HEAD~1', 'HEAD'))).toEqual([
      { path: 'a', status: 'changed' },
      { path: 'b', status: 'removed' },
      { path: 'n ü', status: 'added' },
    ])
    expect(
      known(changedPaths(git, 'HEAD', workTree(repository.folder))).map(
        one => `${one.status} ${one.path}`,
      ),
    ).toEqual(['changed c', 'added u'])
  })
})
