import { scopeFolders, TOPS } from '../commits/folders.ts'
import type { History, Title } from '../commits/landing.ts'
import { type Method, readPolicy } from '../commits/policy.ts'
import type { Verdict } from '../gate/verdict.ts'
import type { Config } from '../tree/config.ts'
import { isProblem, type Repository } from '../tree/git.ts'
import { listFolders, touchedPaths } from '../tree/gitchanges.ts'
import { isAncestor, type Revision, revisions } from '../tree/githistory.ts'
import { UsageError } from './usage.ts'
import { answered, type Workspace } from './workspace.ts'

type Skipped = Verdict['checked']['skipped']

export interface Range {
  readonly base: string | undefined
  readonly head: string | undefined
  /** How many commits the platform counts. */
  readonly count: number | undefined
  readonly method: Method
  readonly title: Title | undefined
  /** The commits count only where a squash makes one of them. */
  readonly titleOnly: boolean
}

/** A history, and what of it was asked for and not known; to be read once it is judged. */
export interface Read {
  readonly history: History
  readonly skipped: () => Skipped
}

/** The commits of a range as git has them; what they touch is looked up where a scope needs it. */
export function readHistory({ root, repository }: Workspace, range: Range, config: Config): Read {
  const { base, head, count, method, title, titleOnly } = range
  if (base === undefined && head !== undefined) throw new UsageError('--head goes with --base')
  if (title !== undefined && (base === undefined || (titleOnly && method !== 'squash')))
    return { history: { commits: [], title, method }, skipped: () => [] }
  if (repository === undefined)
    throw new UsageError(`${root} is no git repository, and commits are in git`)
  const { since } = readPolicy(config.commits)
  const to = head ?? 'HEAD'
  const commits = answered(revisions(repository, base, to, { expected: count, since }))
  const scopes = new Scopes(repository, commits, to)
  const history: History = {
    commits,
    title,
    method,
    base,
    isAncestor: ancestry(repository, to),
    get touched() {
      return scopes.touched
    },
    get folders() {
      return scopes.folders
    },
  }
  const none = commits.length === 0 ? [{ what: `${base}..${to}`, why: 'it adds no commit' }] : []
  return { history, skipped: () => [...none, ...scopes.skipped] }
}

/** What scopes are compared with, read when it is asked for. */
class Scopes {
  readonly #repository: Repository
  readonly #commits: readonly Revision[]
  readonly #head: string
  #touched: ReadonlyMap<string, readonly string[]> | undefined
  #folders: ReadonlySet<string> | undefined
  #isMissing = false

  constructor(repository: Repository, commits: readonly Revision[], head: string) {
    this.#repository = repository
    this.#commits = commits
    this.#head = head
  }

  get touched(): ReadonlyMap<string, readonly string[]> | undefined {
    if (this.#touched !== undefined || this.#isMissing) return this.#touched
    const found = touchedPaths(
      this.#repository,
      this.#commits.map(commit => commit.sha),
    )
    this.#isMissing = isProblem(found)
    this.#touched = isProblem(found) ? undefined : found
    return this.#touched
  }

  get folders(): ReadonlySet<string> | undefined {
    if (this.#folders !== undefined || this.#isMissing) return this.#folders
    const found = listFolders(this.#repository, this.#head, TOPS)
    this.#isMissing = isProblem(found)
    this.#folders = isProblem(found) ? undefined : scopeFolders(found.map(path => `${path}/`))
    return this.#folders
  }

  get skipped(): Skipped {
    if (!this.#isMissing) return []
    const why = 'this clone has no trees: fetch without a filter to compare scopes with paths'
    return [{ what: 'scopes', why }]
  }
}

/** Whether a commit is below head; a clone that was cut off does not know. */
function ancestry(repository: Repository, head: string): (sha: string) => boolean | undefined {
  return sha => isAncestor(repository, sha, head) || (repository.shallow ? undefined : false)
}
