import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GitProblem, isProblem, type Repository } from '../src/tree/git.ts'
import { resolveCommit, revisions } from '../src/tree/githistory.ts'
import { CONFIG_PATH } from '../src/tree/config.ts'
import type { Run } from './action.ts'
import type { Range } from './range.ts'

const UNSEEN =
  'This clone does not show whether the pull request changes what judges it: fetch-depth: 2 does.'

/** Flags that say which commits are judged and by whose policy, or why nobody can know. */
export type Source = { readonly flags: readonly string[] } | { readonly problem: string }

/**
 * The commits of a range: git's, or those that the clone lacks from the API. A part is never taken for the
 * whole: the platform's count, the API's total and what it lists must agree.
 */
export async function sourceOf(run: Run, range: Range): Promise<Source> {
  const { repository, inputs, event } = run
  const plain = { flags: rangeFlags(range) }
  if (repository === undefined || inputs.base !== undefined || event.range === undefined)
    return plain
  const lacking = missing(repository, range)
  if (lacking === undefined) return plain
  const problem = `${lacking.message}\nhelp: ${lacking.help}`
  if (inputs.token === undefined) return { problem: `${problem}; or give this action a token` }
  const found = await fromApi(run, range, inputs.token)
  return 'problem' in found ? { problem: `${found.problem}, and ${problem}` } : found
}

export function rangeFlags({ base, head, count }: Range): string[] {
  const counted = count === undefined ? [] : ['--count', String(count)]
  return ['--base', base, ...(head === undefined ? [] : ['--head', head]), ...counted]
}

/** What a clone lacks of a range; only one that was cut off, or has not both ends, is asked. */
function missing(repository: Repository, { base, head, count }: Range): GitProblem | undefined {
  for (const end of [base, head ?? 'HEAD']) {
    const commit = resolveCommit(repository, end)
    if (isProblem(commit)) return commit
  }
  if (!repository.shallow) return undefined
  const found = revisions(repository, base, head ?? 'HEAD', { expected: count })
  return isProblem(found) ? found : undefined
}

async function fromApi(run: Run, range: Range, token: string): Promise<Source> {
  const { event, repository, inputs } = run
  const { readCommits, readFileAt } = await import('./platform.ts')
  const base = event.range?.base ?? event.defaultBranch
  const head = event.range?.head ?? ''
  const answer = await readCommits(token, base, head)
  if (!answer.ok) return { problem: answer.reason }
  const { commits, total } = answer.value
  const counted = range.count ?? total
  const isWhole = commits.length === total && total === counted
  if (!isWhole || (total > 0 && !commits.some(commit => commit.sha === head)))
    return { problem: `the API lists ${commits.length} commits of ${counted}` }
  const folder = mkdtempSync(join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'fluxgate-'))
  const file = join(folder, 'commits.json')
  writeFileSync(file, JSON.stringify(commits))
  const flags = ['--commits', file]
  const hasBase = repository !== undefined && !isProblem(resolveCommit(repository, range.base))
  if (!hasBase) run.notice('notice', 'the gate may be changed', UNSEEN)
  if (inputs.config !== undefined) return { flags }
  if (hasBase) return { flags: [...flags, '--base', range.base] }
  // The policy is the base's, and the clone has no base; without a file there the defaults hold.
  const policy = await readFileAt(token, CONFIG_PATH, base)
  if (!policy.ok) return { problem: policy.reason }
  const config = join(folder, 'fluxgate.yaml')
  writeFileSync(config, policy.value ?? '{}\n')
  return { flags: [...flags, '--config', config] }
}
