import { isProblem, type Repository } from '../src/tree/git.ts'
import { readRevisions, resolveCommit } from '../src/tree/githistory.ts'
import type { Event } from './event.ts'
import type { Inputs } from './inputs.ts'

/** What is compared: flags of the command, and how many commits the platform counts. */
export interface Range {
  readonly base: string
  readonly head: string | undefined
  readonly count: number | undefined
}

/**
 * What an event compares in the repository that was checked out. A pull request is checked out as the
 * merge that GitHub tests: its first parent is the base as it is now, newer than the payload's, and its
 * second the head. Inputs win. Undefined where the event compares nothing.
 */
export function rangeOf(repository: Repository, event: Event, inputs: Inputs): Range | undefined {
  const { pullRequest, range, defaultBranch } = event
  if (inputs.base !== undefined) return { base: inputs.base, head: inputs.head, count: undefined }
  if (range === undefined) return undefined
  const merge = pullRequest && testMerge(repository, pullRequest.head)
  if (merge !== undefined) return { ...merge, count: pullRequest?.commits }
  const base = range.base ?? `origin/${defaultBranch}`
  return { base, head: range.head, count: pullRequest?.commits }
}

/** The parents of the checked-out merge, if it is the one of this head. */
function testMerge(
  repository: Repository,
  head: string,
): { readonly base: string; readonly head: string } | undefined {
  const here = resolveCommit(repository, 'HEAD')
  const [commit] = isProblem(here) ? [] : listed(readRevisions(repository, [here]))
  const [base, second, ...rest] = commit?.parents ?? []
  if (base === undefined || second !== head || rest.length > 0) return undefined
  return { base, head: second }
}

function listed<T>(value: readonly T[] | object): readonly T[] {
  return Array.isArray(value) ? value : []
}

/** Whether a commit is a merge; false where the clone has it not. */
export function isMerge(repository: Repository, sha: string): boolean {
  const [commit] = listed(readRevisions(repository, [sha]))
  return (commit?.parents.length ?? 0) > 1
}
