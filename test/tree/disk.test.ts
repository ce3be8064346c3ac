import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { diskTree, workTree } from '../../src/tree/disk.ts'
import { resolvePath, type Tree } from '../../src/tree/tree.ts'
import { makeRepository, TestRepository } from '../repository.ts'

const shown = (tree: Tree): string[] => tree.entries().map(({ kind, path }) => `${kind} ${path}`)

describe('diskTree', () => {
  test('lists files, links and special files, and leaves .git out at any depth', () => {
    using repository = makeRepository()
    repository.write({ 'a/b.yaml': 'x: 1\n', 'a/.git/config': 'no', 'z.txt': '' })
    repository.link('a/link', '../z.txt')
    execFileSync('mkfifo', [join(repository.folder, 'pipe')])
    const tree = diskTree(repository.folder)
    expect(shown(tree)).toEqual(['file a/b.yaml', 'link a/link', 'special pipe', 'file z.txt'])
    expect(tree.list('').map(one => one.path)).toEqual(['a', 'pipe', 'z.txt'])
    expect(tree.entry('a/link')?.target).toBe('../z.txt')
    expect(tree.entry('a/.git')).toBeUndefined()
    expect(tree.entry('absent/file')).toBeUndefined()
    expect(tree.entry('z.txt/below')).toBeUndefined()
    expect(tree.list('absent')).toEqual([])
    expect(Buffer.from(tree.read('a/b.yaml')).toString()).toBe('x: 1\n')
    expect(resolvePath(tree, 'a/link')).toMatchObject({ ok: true, entry: { path: 'z.txt' } })
  })

  test('stands on the root of the file system without reading it', () => {
    const tree = diskTree('/')
    expect(tree.entry('etc')?.kind).toBe('directory')
    expect(tree.list('etc').length).toBeGreaterThan(0)
  })

  test('reads names that are no UTF-8', () => {
    using repository = makeRepository()
    const raw = Buffer.from([0x61, 0xff, 0x62])
    writeFileSync(Buffer.concat([Buffer.from(`${repository.folder}/`), raw]), 'latin')
    for (const tree of [diskTree(repository.folder), workTree(repository.folder)]) {
      const [entry] = tree.entries()
      expect(entry?.path).toBe('a\ufffdb')
      expect(Buffer.from(tree.read('a\ufffdb')).toString()).toBe('latin')
    }
  })
})

describe('workTree', () => {
  test('takes tracked and untracked files but no ignored, deleted or linked-away ones', () => {
    using repository = makeRepository()
    repository.commit('feat: start', {
      '.gitignore': '*.agekey\n',
      'kept.yaml': '1',
      'gone.yaml': '2',
      'moved/a.yaml': '3',
    })
    repository.write({ 'new.yaml': '4', 'age.agekey': 'ignored' })
    rmSync(join(repository.folder, 'gone.yaml'))
    rmSync(join(repository.folder, 'moved'), { recursive: true })
    mkdirSync(join(repository.folder, 'other'))
    repository.write({ 'other/a.yaml': '3' })
    repository.link('moved', 'other')
    const expected = ['file .gitignore', 'file kept.yaml', 'link moved', 'file new.yaml']
    const tree = workTree(repository.folder)
    expect(shown(tree)).toEqual([...expected, 'file other/a.yaml'])
    expect(tree.entry('age.agekey')).toBeUndefined()
    expect(shown(workTree(join(repository.folder, 'other')))).toEqual(['file a.yaml'])
  })

  test('shows submodules and nested repositories as submodules', () => {
    using inner = makeRepository()
    inner.commit('feat: inner', { 'x.yaml': '1' })
    using repository = makeRepository()
    repository.git(['submodule', '--quiet', 'add', inner.folder, 'vendor/inner'])
    repository.git(['clone', '--quiet', inner.folder, 'nested'])
    expect(shown(workTree(repository.folder))).toEqual([
      'file .gitmodules',
      'submodule nested',
      'submodule vendor/inner',
    ])
  })

  test('takes everything where there is no repository', () => {
    using repository = makeRepository()
    rmSync(join(repository.folder, '.git'), { recursive: true })
    new TestRepository(repository.folder).write({ '.gitignore': 'a', a: '1' })
    expect(shown(workTree(repository.folder))).toEqual(['file .gitignore', 'file a'])
  })
})
