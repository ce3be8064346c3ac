import { existsSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { diskTree, workTree } from '../tree/disk.ts'
import { type GitProblem, isProblem, openRepository, type Repository } from '../tree/git.ts'
import { mergeBase, type Revision, revisions } from '../tree/githistory.ts'
import { commitTree } from '../tree/gittree.ts'
import type { Tree } from '../tree/tree.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

/** Where a command works: the repository's root (outside git: the folder itself) and what of it was asked for. */
export interface Workspace {
  readonly root: string
  /** PATH relative to the root, `''` for all. */
  readonly scope: string
  readonly repository: Repository | undefined
}

/**
 * Opens PATH for `command`; a missing path or a file is a usage error that names the way out. `revs` are
 * revisions that will be asked for.
 */
export function openWorkspace(
  path: string,
  command: string,
  shell: Shell,
  revs: readonly string[] = [],
): Workspace {
  const folder = resolve(shell.cwd, path)
  if (!existsSync(folder)) throw new UsageError(`${path}: no such file or directory`)
  if (!statSync(folder).isDirectory())
    throw new UsageError(
      `${path} is a file and ${command} takes a folder: \`fluxgate validate ${path}\` judges one file`,
    )
  const repository = openRepository(folder, revs)
  if (!isProblem(repository)) {
    const scope = relative(repository.root, folder).replaceAll('\\', '/')
    return { root: repository.root, scope, repository }
  }
  const { problem } = repository
  if (problem !== 'no-repository' && problem !== 'no-git') throw gitError(repository)
  return { root: folder, scope: '', repository: undefined }
}

/** A folder that a flag names, as a tree; undefined where the flag is not given. */
export function openFolder(path: string | undefined, shell: Shell): Tree | undefined {
  if (path === undefined) return undefined
  const folder = resolve(shell.cwd, path)
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError(`${path}: no such folder`)
  return diskTree(folder)
}

/** The two sides of a comparison. Without `--base` there is only the head: the working copy. */
export interface Sides {
  readonly head: Tree
  /** At the merge base. */
  readonly base: Tree | undefined
  /** The tree that configuration is read from: `--base` itself, else the head. */
  readonly settings: Tree
  readonly revisions: readonly Revision[]
}

export function openSides(
  { root, repository }: Workspace,
  base: string | undefined,
  head: string | undefined,
): Sides {
  if (base === undefined) {
    if (head !== undefined) throw new UsageError('--head goes with --base')
    const tree = workTree(root, repository)
    return { head: tree, base: undefined, settings: tree, revisions: [] }
  }
  if (repository === undefined)
    throw new UsageError(`--base needs a git repository, and ${root} is none`)
  const to = head ?? 'HEAD'
  const fork = answered(mergeBase(repository, base, to))
  return {
    head: head === undefined ? workTree(root, repository) : answered(commitTree(repository, head)),
    base: answered(commitTree(repository, fork)),
    settings: answered(commitTree(repository, base)),
    revisions: answered(revisions(repository, base, to)),
  }
}

export function answered<T>(answer: T | GitProblem): T {
  if (isProblem(answer)) throw gitError(answer)
  return answer
}

function gitError({ message, help }: GitProblem): UsageError {
  return new UsageError(`${message}\nhelp: ${help}`)
}
