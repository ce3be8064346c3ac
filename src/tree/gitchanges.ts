import { createHash } from 'node:crypto'
import { type GitProblem, isProblem, type Repository, runGit, splitNul } from './git.ts'
import { readObjects, readSizes } from './gitblobs.ts'
import { resolveCommit } from './githistory.ts'
import { commitTree, kindOf } from './gittree.ts'
import type { Entry, EntryKind, Tree } from './tree.ts'

/** A path that two trees have differently. */
export interface Change {
  readonly path: string
  readonly status: 'added' | 'changed' | 'removed'
}

const statuses: Readonly<Record<string, Change['status']>> = { A: 'added', D: 'removed' }

/** What differs between commit `base` and `head`, a commit or the tree of the working copy. */
export function changedPaths(
  repository: Repository,
  base: string,
  head: string | Tree,
): readonly Change[] | GitProblem {
  if (typeof head !== 'string') {
    const tree = commitTree(repository, base)
    return isProblem(tree) ? tree : compareTrees(tree, head)
  }
  const from = resolveCommit(repository, base)
  if (isProblem(from)) return from
  const to = resolveCommit(repository, head)
  if (isProblem(to)) return to
  const flags = ['-r', '-z', '--no-renames', '--name-status', '--no-ext-diff', '--no-textconv']
  const answer = runGit(repository, ['diff-tree', ...flags, from, to, '--'])
  if (isProblem(answer)) return answer
  const parts = splitNul(answer).map(part => part.toString())
  const changes: Change[] = []
  for (let at = 0; at + 1 < parts.length; at += 2)
    changes.push({ path: parts[at + 1] ?? '', status: statuses[parts[at] ?? ''] ?? 'changed' })
  return changes
}

/** Compares without git, which would run the clean filters of the repository on what looks new. */
function compareTrees(base: Tree, head: Tree): Change[] {
  const changes: Change[] = []
  for (const old of base.entries()) {
    const now = head.entry(old.path)
    if (now === undefined || now.kind === 'directory')
      changes.push({ path: old.path, status: 'removed' })
    else if (!isSame(old, now, head)) changes.push({ path: old.path, status: 'changed' })
  }
  for (const { path } of head.entries())
    if (base.entry(path) === undefined) changes.push({ path, status: 'added' })
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function isSame(old: Entry, now: Entry, head: Tree): boolean {
  if (old.kind !== now.kind || old.size !== now.size || old.target !== now.target) return false
  if (old.kind !== 'file' || now.blob !== undefined)
    return old.blob === now.blob || old.kind !== 'file'
  return old.blob !== undefined && blobId(head.read(now.path), old.blob.length) === old.blob
}

/** Git's name for these bytes; `length` in hex digits tells the hash of the repository. */
function blobId(bytes: Uint8Array, length: number): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1')
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** The paths that each commit changes against its first parent; a root changes all it has. */
export function touchedPaths(
  repository: Repository,
  commits: readonly string[],
): ReadonlyMap<string, readonly string[]> | GitProblem {
  const touched = new Map<string, string[]>(commits.map(id => [id, []]))
  if (commits.length === 0) return touched
  const flags = ['--stdin', '-r', '-z', '-m', '--first-parent', '--root', '--no-renames']
  const args = ['diff-tree', ...flags, '--name-only', '--no-ext-diff', '--no-textconv']
  const answer = runGit(repository, args, { input: `${commits.join('\n')}\n` })
  if (isProblem(answer)) return answer
  let paths: string[] | undefined
  for (const part of splitNul(answer)) {
    // A commit's own line ends in a line feed, which a path's does not.
    const text = part.toString()
    const commit = touched.get(text.trimEnd())
    if (commit === undefined) paths?.push(text)
    else paths = commit
  }
  return touched
}

/** The lines, from and to, that are new between two commits, by path; a removal counts for the line before. */
export function changedLines(
  repository: Repository,
  base: string,
  head: string,
): ReadonlyMap<string, readonly (readonly [number, number])[]> | GitProblem {
  const flags = ['-r', '-p', '-U0', '--no-color', '--no-renames', '--no-ext-diff', '--no-textconv']
  const from = resolveCommit(repository, base)
  if (isProblem(from)) return from
  const to = resolveCommit(repository, head)
  if (isProblem(to)) return to
  const answer = runGit(repository, ['diff-tree', ...flags, from, to, '--'])
  if (isProblem(answer)) return answer
  const changed = new Map<string, (readonly [number, number])[]>()
  let spans: (readonly [number, number])[] = []
  for (const line of answer.toString('utf8').split('\n')) {
    const path = /^\+\+\+ b\/(.*?)\t?$/.exec(line)?.[1]
    if (path !== undefined) {
      spans = changed.get(path) ?? []
      changed.set(path, spans)
      continue
    }
    const [, start = '', count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? []
    if (start !== '') spans.push([Number(start), Number(start) + Math.max(1, Number(count)) - 1])
  }
  return changed
}

/** The paths of all files of a commit; no blob is needed for it. */
export function listPaths(repository: Repository, rev: string): readonly string[] | GitProblem {
  return listNames(repository, rev, [], [])
}

/** The paths of these folders of a commit and of all folders below them, as far as they are there. */
export function listFolders(
  repository: Repository,
  rev: string,
  folders: readonly string[],
): readonly string[] | GitProblem {
  return listNames(repository, rev, ['-d'], ['--', ...folders])
}

function listNames(
  repository: Repository,
  rev: string,
  flags: readonly string[],
  paths: readonly string[],
): readonly string[] | GitProblem {
  const commit = resolveCommit(repository, rev)
  if (isProblem(commit)) return commit
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', ...flags, commit, ...paths]
  const answer = runGit(repository, args)
  return isProblem(answer) ? answer : splitNul(answer).map(path => path.toString())
}

/** A blob that a commit brought under a path, whether or not a later commit takes it away again. */
export interface AddedBlob {
  readonly commit: string
  readonly path: string
  readonly kind: EntryKind
  readonly blob: string
  readonly size: number
}

/**
 * Every blob and path that the given commits (oldest first) brought and no parent of theirs had there;
 * of a merge, what differs from all parents. One entry for each pair of path and blob.
 */
export function addedBlobs(
  repository: Repository,
  commits: readonly string[],
): readonly AddedBlob[] | GitProblem {
  if (commits.length === 0) return []
  const flags = ['--stdin', '-r', '-z', '-c', '--raw', '--root', '--no-abbrev', '--no-renames']
  const answer = runGit(repository, ['diff-tree', ...flags], { input: `${commits.join('\n')}\n` })
  if (isProblem(answer)) return answer
  const found = readRaw(splitNul(answer).map(part => part.toString()))
  const sizes = readSizes(
    repository,
    found.filter(one => one.kind !== 'submodule').map(one => one.blob),
  )
  if (isProblem(sizes)) return sizes
  return found.map(one => ({ ...one, size: sizes.get(one.blob) ?? 0 }))
}

/** Reads `:mode… id… status`, NUL, path; a part without a colon names the commit that follows. */
function readRaw(parts: readonly string[]): Omit<AddedBlob, 'size'>[] {
  const found = new Map<string, Omit<AddedBlob, 'size'>>()
  let commit = ''
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? ''
    if (!part.startsWith(':')) {
      commit = part.trim()
      continue
    }
    const parents = /^:+/.exec(part)?.[0].length ?? 1
    const fields = part.slice(parents).split(' ')
    const mode = fields[parents] ?? ''
    const blob = fields[2 * parents + 1] ?? ''
    const path = parts[++at] ?? ''
    const key = `${blob}\0${path}`
    if (mode !== '000000' && !found.has(key))
      found.set(key, { commit, path, kind: kindOf(mode), blob })
  }
  return [...found.values()]
}

/** The bytes of blobs in turn, each read once however often it is named; memory stays bounded. */
export function* readBlobs(
  repository: Repository,
  blobs: readonly Pick<AddedBlob, 'blob' | 'size'>[],
): Generator<{ readonly blob: string; readonly bytes: Uint8Array } | GitProblem> {
  const unique = new Map(blobs.map(({ blob, size }) => [blob, { id: blob, size }]))
  for (const object of readObjects(repository, unique.values()))
    yield isProblem(object) ? object : { blob: object.id, bytes: object.bytes }
}
