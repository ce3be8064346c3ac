import { createHash } from 'node:crypto'
import type * as Github from '@actions/github'
import type { PullRequest } from './event.ts'

/** Milliseconds that one question may take, all its requests together. */
const PATIENCE = 8000

type Octokit = ReturnType<typeof Github.getOctokit>

/** The API, loaded on first use: most runs never ask it. */
async function connect(token: string): Promise<{ api: Octokit; owner: string; repo: string }> {
  const { getOctokit } = await import('@actions/github')
  const [owner = '', repo = ''] = (process.env['GITHUB_REPOSITORY'] ?? '').split('/')
  return {
    api: getOctokit(token, { request: { signal: AbortSignal.timeout(PATIENCE) } }),
    owner,
    repo,
  }
}

/** Something that the API said, or why it said nothing. Never the token, never the text of an answer. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string }

async function ask<T>(question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await question() }
  } catch (error) {
    const status = statusOf(error)
    const reason =
      typeof status === 'number' ? `the API answered ${status}` : 'the API gave no answer'
    return { ok: false, reason }
  }
}

function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
}

/** The title and body of a pull request as they are now; the event's are stale when a run is repeated. */
export async function readTitle(
  token: string,
  number: number,
): Promise<Answer<Pick<PullRequest, 'title' | 'body'>>> {
  return ask(async () => {
    const { api, owner, repo } = await connect(token)
    const { data } = await api.rest.pulls.get({ owner, repo, pull_number: number })
    return { title: data.title, body: data.body ?? '' }
  })
}

/** A commit as the API lists it; what is not needed is left out. */
export interface ListedCommit {
  readonly sha: string
  readonly parents: readonly { readonly sha: string }[]
  readonly commit: {
    readonly message: string
    readonly author: Signed | null
    readonly committer: Signed | null
  }
}

interface Signed {
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly date?: string | undefined
}

export interface Listed {
  readonly commits: readonly ListedCommit[]
  /** How many there are, whatever was listed. */
  readonly total: number
}

/** The API lists at most 250 commits of a pull request; a comparison lists all, page by page, oldest first. */
export async function readCommits(
  token: string,
  base: string,
  head: string,
): Promise<Answer<Listed>> {
  return ask(async () => {
    const { api, owner, repo } = await connect(token)
    const commits: ListedCommit[] = []
    const basehead = `${base}...${head}`
    for (let page = 1; ; page++) {
      const question = { owner, repo, basehead, per_page: 100, page }
      const { data } = await api.rest.repos.compareCommitsWithBasehead(question)
      for (const { sha, parents, commit } of data.commits) {
        const { message, author, committer } = commit
        commits.push({ sha, parents, commit: { message, author, committer } })
      }
      if (data.commits.length === 0 || commits.length >= data.total_commits)
        return { commits, total: data.total_commits }
    }
  })
}

/** The text of a file at a revision; undefined where there is none. */
export async function readFileAt(
  token: string,
  path: string,
  ref: string,
): Promise<Answer<string | undefined>> {
  return ask(async () => {
    const { api, owner, repo } = await connect(token)
    try {
      const { data } = await api.rest.repos.getContent({ owner, repo, path, ref })
      if (Array.isArray(data) || data.type !== 'file' || !('content' in data)) return undefined
      return Buffer.from(data.content, 'base64').toString()
    } catch (error) {
      if (statusOf(error) === 404) return undefined
      throw error
    }
  })
}

/** GitHub's limit for a comment is 65,536 characters. */
export const MAX_COMMENT = 60_000

/** Writes the one comment of an action, or rewrites it; unchanged text writes nothing. */
export async function writeComment(
  token: string,
  number: number,
  key: string,
  text: string,
): Promise<Answer<string>> {
  return ask(async () => {
    const { api, owner, repo } = await connect(token)
    const mark = `<!-- fluxgate:${key} -->`
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
    const body = `${mark}\n${text}\n<!-- ${hash} -->`
    const issue = { owner, repo, issue_number: number, per_page: 100 }
    const all = await api.paginate(api.rest.issues.listComments, issue)
    const own = all.find(one => one.user?.type === 'Bot' && one.body?.startsWith(mark))
    if (own === undefined) {
      await api.rest.issues.createComment({ owner, repo, issue_number: number, body })
      return 'made'
    }
    if (own.body?.includes(`<!-- ${hash} -->`)) return 'unchanged'
    await api.rest.issues.updateComment({ owner, repo, comment_id: own.id, body })
    return 'updated'
  })
}
