import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Commit } from '../commits/commit.ts'
import type { History } from '../commits/landing.ts'
import { Source } from '../text/source.ts'
import type { Read, Range } from './history.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

/**
 * Commits as GitHub's API lists them, oldest first, for a clone that has them not: an array of
 * `{sha, parents: [{sha}], commit: {message, author: {name, email, date}}}`.
 */
export function readGiven(file: string, shell: Shell): readonly Commit[] {
  let data: unknown
  try {
    const bytes = file === '-' ? shell.stdin() : readFileSync(resolve(shell.cwd, file))
    data = JSON.parse(Buffer.from(bytes).toString())
  } catch {
    throw new UsageError(`--commits ${file}: cannot be read as JSON`)
  }
  if (!Array.isArray(data)) throw new UsageError(`--commits ${file}: not an array of commits`)
  return data.map((one: unknown, index) => {
    const commit = commitOf(one)
    if (commit === undefined)
      throw new UsageError(`--commits ${file}: entry ${index} is no commit with sha and message`)
    return commit
  })
}

function commitOf(value: unknown): Commit | undefined {
  const sha = textAt(value, 'sha')
  const stored = at(value, 'commit')
  const message = textAt(stored, 'message')
  const parents = at(value, 'parents')
  if (!/^[0-9a-f]{40,64}$/.test(sha ?? '') || sha === undefined) return undefined
  if (message === undefined || !Array.isArray(parents)) return undefined
  return {
    sha,
    parents: parents.map((parent: unknown) => textAt(parent, 'sha') ?? ''),
    author: personOf(at(stored, 'author')),
    committer: personOf(at(stored, 'committer')),
    message: new Source('', message, { commit: sha, in: 'message' }),
  }
}

function personOf(value: unknown): Commit['author'] {
  const time = Math.floor(Date.parse(textAt(value, 'date') ?? '') / 1000)
  const [name = '', email = ''] = [textAt(value, 'name'), textAt(value, 'email')]
  return { name, email, time: Number.isNaN(time) ? 0 : time }
}

function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([name]) => name === key)?.[1]
}

function textAt(value: unknown, key: string): string | undefined {
  const found = at(value, key)
  return typeof found === 'string' ? found : undefined
}

/** The history of given commits: what they touch is not known, nor what lies below them. */
export function givenHistory(
  commits: readonly Commit[],
  { base, method, title }: Range,
  since: string | undefined,
): Read {
  let isAsked = false
  const history: History = {
    commits: since === undefined ? commits : newerThan(commits, since),
    title,
    method,
    base,
    get touched() {
      isAsked = true
      return undefined
    },
  }
  const what = 'scopes'
  const why = 'these commits are not in git: fetch them to compare scopes with paths'
  return { history, skipped: () => (isAsked ? [{ what, why }] : []) }
}

/** Without what only the parents of `since` reach; all where it is not among them. */
function newerThan(commits: readonly Commit[], since: string): readonly Commit[] {
  const known = new Map(commits.map(commit => [commit.sha, commit]))
  const waiting = [...(known.get(since)?.parents ?? [])]
  const older = new Set<string>()
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    if (older.has(sha)) continue
    older.add(sha)
    waiting.push(...(known.get(sha)?.parents ?? []))
  }
  return commits.filter(commit => !older.has(commit.sha))
}
