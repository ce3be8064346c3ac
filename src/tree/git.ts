import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { dirname, resolve } from 'node:path'

export type ProblemKind =
  | 'no-git'
  | 'no-repository'
  | 'unsafe'
  | 'unknown-revision'
  | 'shallow'
  | 'unrelated'
  | 'unreachable'
  | 'failed'

/** Why git cannot answer, and what mends it. A value: what we cannot judge is exit 2, never an exception. */
export interface GitProblem {
  readonly problem: ProblemKind
  readonly message: string
  readonly help: string
}

/** A repository that git agreed to open. */
export interface Repository {
  /** Top folder of the work tree, absolute. */
  readonly root: string
  readonly gitFolder: string
  /** History was cut off when it was cloned. */
  readonly shallow: boolean
  /** The index of a hook that runs on one of its own (`git commit -a`). */
  readonly index: string | undefined
  /** Revisions by name, as they were when first asked: one run asks for the same few again and again. */
  readonly known: Map<string, string>
}

/** Length in bytes that one answer of git may have. */
const MAX_ANSWER = 2 ** 30

/**
 * Settings under which git runs nothing that the repository names: no hooks, monitors, pagers,
 * external diffs or filters, no fetching of missing objects, no embedded bare repositories.
 */
const SETTINGS =
  'core.fsmonitor=false core.hooksPath=/dev/null core.quotePath=false core.untrackedCache=false ' +
  'protocol.allow=never safe.bareRepository=explicit diff.external= log.showSignature=false ' +
  'submodule.recurse=false gc.auto=0'

const SAFE = [
  '--no-optional-locks',
  '--no-pager',
  '--literal-pathspecs',
  ...SETTINGS.split(' ').flatMap(setting => ['-c', setting]),
]

const DROPPED =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|NAMESPACE|COMMON_DIR|CEILING_DIRECTORIES|EXTERNAL_DIFF|PAGER|EDITOR|TRACE.*|REDIRECT_.*|.*_PATHSPECS|REPLACE_REF_BASE|GRAFT_FILE|SHALLOW_FILE|DIFF_OPTS|OPTIONAL_LOCKS)$/

function environment(index: string | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !DROPPED.test(name))
  return {
    ...Object.fromEntries(kept),
    ...(index === undefined ? {} : { GIT_INDEX_FILE: index }),
    LC_ALL: 'C',
    // Writes when there is much to write, not after every commit.
    GIT_FLUSH: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
  }
}

export interface RunOptions {
  readonly input?: string
  /** Exits that are answers, not failures. Default: 0. */
  readonly accept?: readonly number[]
}

/** Runs git in a repository; its standard output, or what was wrong. */
export function runGit(
  repository: Pick<Repository, 'root' | 'index'>,
  args: readonly string[],
  { input, accept = [0] }: RunOptions = {},
): Buffer | GitProblem {
  const done = spawnSync('git', [...SAFE, ...args], {
    cwd: repository.root,
    env: environment(repository.index),
    maxBuffer: MAX_ANSWER,
    ...(input === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input }),
  })
  if (done.error === undefined && done.status !== null && accept.includes(done.status))
    return done.stdout
  return explain(done, args, repository.root)
}

export function isProblem(value: unknown): value is GitProblem {
  return typeof value === 'object' && value !== null && 'problem' in value && 'help' in value
}

function explain(
  done: SpawnSyncReturns<Buffer>,
  args: readonly string[],
  folder: string,
): GitProblem {
  const said = done.stderr?.toString().trim() ?? ''
  const reason = said.split('\n').find(line => line !== '') ?? ''
  if (done.error !== undefined && /ENOENT/.test(done.error.message))
    return {
      problem: 'no-git',
      message: `git cannot be started in ${folder}`,
      help: 'install git, and check that the folder exists',
    }
  if (/dubious ownership|safe\.directory/.test(said))
    return {
      problem: 'unsafe',
      message: `git refuses ${folder}: it belongs to somebody else`,
      help: `git config --global --add safe.directory ${JSON.stringify(folder)}`,
    }
  if (/not a git repository|must be run in a work tree|cannot use bare repository/.test(said))
    return {
      problem: 'no-repository',
      message: `${folder} is not inside a git work tree`,
      help: 'name a folder of a git work tree, or leave out what compares commits',
    }
  if (
    /lazy fetching|promisor|missing blob|unable to (get|read)|bad object|missing (tree|commit)/.test(
      said,
    )
  )
    return unreachable(reason)
  const told = reason || done.error?.message || `exit ${done.status ?? done.signal}`
  return {
    problem: 'failed',
    message: `git ${args[0] ?? ''} failed: ${told}`,
    help: 'run git fsck',
  }
}

/** The clone lacks an object that the answer needs. */
export function unreachable(what: string): GitProblem {
  return {
    problem: 'unreachable',
    message: `the clone lacks objects that are needed: ${what}`,
    help: 'fetch everything: git fetch --unshallow, or actions/checkout with fetch-depth: 0 and no filter',
  }
}

/**
 * Opens the repository whose work tree holds `folder`. `revs` are revisions that will be asked for: the
 * same call of git looks them up, where it knows them all.
 */
export function openRepository(
  folder: string,
  revs: readonly string[] = [],
): Repository | GitProblem {
  const here = { root: resolve(folder), index: undefined }
  const asked = ['--absolute-git-dir', '--is-shallow-repository', '--show-toplevel']
  const named = revs.some(rev => rev === '' || rev.startsWith('-')) ? [] : revs
  const answer = runGit(here, ['rev-parse', ...asked, ...named.map(rev => `${rev}^{commit}`)])
  if (isProblem(answer)) return named.length === 0 ? answer : openRepository(folder)
  const [gitFolder = '', shallow = '', root = '', ...ids] = answer.toString().trimEnd().split('\n')
  const isWhole = ids.length === named.length && ids.every(id => /^[0-9a-f]{40,64}$/.test(id))
  const known = new Map(isWhole ? named.map((rev, at) => [rev, ids[at] ?? '']) : [])
  return { root, gitFolder, shallow: shallow === 'true', index: ownIndex(gitFolder), known }
}

/** The index that git named for a hook, where it is one of this repository. */
function ownIndex(gitFolder: string): string | undefined {
  const named = process.env['GIT_INDEX_FILE']
  if (named === undefined || named === '') return undefined
  const path = resolve(named)
  return dirname(path) === gitFolder ? path : undefined
}

/** Splits git's `-z` output; the names stay bytes, for they need not be UTF-8. */
export function splitNul(output: Buffer): Buffer[] {
  const parts: Buffer[] = []
  let from = 0
  for (let at = output.indexOf(0); at !== -1; at = output.indexOf(0, from)) {
    parts.push(output.subarray(from, at))
    from = at + 1
  }
  return parts
}

/** Tracked and untracked-not-ignored paths below `folder`, relative to it, each with its raw name. */
export function listWorkFiles(
  repository: Repository,
  folder: string,
): ReadonlyMap<string, Buffer> | GitProblem {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
  const answer = runGit({ root: resolve(folder), index: repository.index }, args)
  if (isProblem(answer)) return answer
  const files = new Map<string, Buffer>()
  for (const raw of splitNul(answer)) {
    // A trailing slash is a nested repository that nobody added yet.
    const name = raw.at(-1) === 0x2f ? raw.subarray(0, -1) : raw
    files.set(name.toString(), name)
  }
  return files
}
