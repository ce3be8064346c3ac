import { type GitProblem, isProblem, type Repository, runGit, splitNul } from './git.ts'
import { BlobCache, readObjects, readSizes } from './gitblobs.ts'
import { resolveCommit } from './githistory.ts'
import { addParents, treeOf } from './memory.ts'
import type { Entry, EntryKind, Tree } from './tree.ts'

const caches = new WeakMap<Repository, BlobCache>()

/**
 * The files of a commit, `rev` being anything git understands. Sizes and blob ids are known at once. With
 * `only` there is nothing but that file or folder.
 */
export function commitTree(repository: Repository, rev: string, only?: string): Tree | GitProblem {
  const commit = resolveCommit(repository, rev)
  if (isProblem(commit)) return commit
  const paths = only === undefined ? [] : ['--', only]
  const answer = runGit(repository, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, ...paths])
  if (isProblem(answer)) return answer
  const rows = splitNul(answer).map(row => {
    const tab = row.indexOf(0x09)
    const [mode = '', , blob = '', size = ''] = row.toString('latin1', 0, tab).split(/ +/)
    return { mode, blob, size: Number(size) || 0, path: row.toString('utf8', tab + 1) }
  })
  return treeOfRows(repository, rev, rows)
}

/** The files as staged: what the next commit would hold. A path in conflict counts as ours. */
export function stagedTree(repository: Repository): Tree | GitProblem {
  const answer = runGit(repository, ['ls-files', '-z', '--stage'])
  if (isProblem(answer)) return answer
  const byPath = new Map<string, { mode: string; blob: string; path: string }>()
  for (const row of splitNul(answer)) {
    const tab = row.indexOf(0x09)
    const [mode = '', blob = '', stage = ''] = row.toString('latin1', 0, tab).split(' ')
    const path = row.toString('utf8', tab + 1)
    if (stage === '0' || stage === '2' || !byPath.has(path)) byPath.set(path, { mode, blob, path })
  }
  const rows = [...byPath.values()]
  const ids = rows.filter(row => kindOf(row.mode) !== 'submodule').map(row => row.blob)
  const sizes = readSizes(repository, ids)
  if (isProblem(sizes)) return sizes
  const sized = rows.map(row => ({ ...row, size: sizes.get(row.blob) ?? 0 }))
  return treeOfRows(repository, 'the index', sized)
}

interface Row {
  readonly mode: string
  readonly blob: string
  readonly size: number
  readonly path: string
}

/** What git's file mode says a path is. */
export function kindOf(mode: string): EntryKind {
  if (mode === '120000') return 'link'
  if (mode === '160000') return 'submodule'
  return mode.startsWith('100') ? 'file' : 'special'
}

function treeOfRows(repository: Repository, name: string, rows: readonly Row[]): Tree | GitProblem {
  const targets = readTargets(repository, rows)
  if (isProblem(targets)) return targets
  const byPath = new Map<string, Entry>([['', { path: '', kind: 'directory', size: 0 }]])
  const near: { readonly id: string; readonly size: number }[] = []
  for (const { mode, blob, size, path } of rows) {
    const kind = kindOf(mode)
    if (kind === 'link')
      byPath.set(path, { path, kind, size: 0, blob, target: targets.get(blob) ?? '' })
    else byPath.set(path, { path, kind, blob, size: kind === 'file' ? size : 0 })
    if (kind === 'file') near.push({ id: blob, size })
    addParents(byPath, path)
  }
  const cache = caches.get(repository) ?? new BlobCache(repository)
  caches.set(repository, cache)
  return treeOf(name, byPath, path => {
    const entry = byPath.get(path)
    if (entry?.kind !== 'file' || entry.blob === undefined) throw new Error(`no file at ${path}`)
    return cache.read({ id: entry.blob, size: entry.size }, near)
  })
}

function readTargets(
  repository: Repository,
  rows: readonly Row[],
): ReadonlyMap<string, string> | GitProblem {
  const links = rows.filter(row => kindOf(row.mode) === 'link')
  const targets = new Map<string, string>()
  const wanted = links.map(({ blob, size }) => ({ id: blob, size }))
  for (const object of readObjects(repository, wanted)) {
    if (isProblem(object)) return object
    targets.set(object.id, new TextDecoder().decode(object.bytes))
  }
  return targets
}
