import { type Plan, type Run, startAction } from '../action.ts'
import type { PullRequest } from '../event.ts'
import { commonFlags } from '../inputs.ts'
import { isMerge } from '../range.ts'

const commands = { commits: async () => (await import('../../src/cli/commits.ts')).commits }

void startAction({ name: 'commits', commands, plan })

async function plan(run: Run): Promise<Plan> {
  const { inputs, range, folder } = run
  const method = inputs.mergeMethod === undefined ? [] : ['--merge-method', inputs.mergeMethod]
  const common = ['commits', folder, ...commonFlags(inputs), ...method]
  if (inputs.title !== undefined) return titlePlan(run, common, inputs.title)
  if (range === undefined) return { args: common }
  return { args: [...common, ...rangeFlags(range.base, range.head, range.count)] }
}

/** Judges the title alone: `auto` is the pull request's, in a merge queue the message that will land. */
async function titlePlan(run: Run, common: readonly string[], title: string): Promise<Plan> {
  const { event, repository, range } = run
  // With a base the policy is the base's: a pull request does not choose its own.
  const { base, head, count } = range ?? {}
  const ranged = [...common, ...rangeFlags(base, head, count), '--title-only']
  if (title !== 'auto') return { args: [...ranged, ...titleFlags(title, event.pullRequest)] }
  if (event.landing !== undefined) {
    if (repository && head !== undefined && isMerge(repository, head))
      return { args: [...common, ...rangeFlags(base, head)] }
    return { args: [...common, ...rangeFlags(base), '--message-file', '-'], stdin: event.landing }
  }
  if (event.pullRequest === undefined)
    return { problem: 'this event has no pull request and no title' }
  const live = await currentTitle(run, event.pullRequest)
  if ('problem' in live) return live
  return { args: [...ranged, ...titleFlags(live.title, live)] }
}

/** The title as it is now. A first run may trust its event; a repeated one has an old event, so it must be told. */
async function currentTitle(
  { inputs, notice }: Run,
  sent: PullRequest,
): Promise<PullRequest | { readonly problem: string }> {
  const repeated = Number(process.env['GITHUB_RUN_ATTEMPT'] ?? '1') > 1
  const answer =
    inputs.token === undefined
      ? { ok: false as const, reason: 'there is no token' }
      : await (await import('../platform.ts')).readTitle(inputs.token, sent.number)
  if (answer.ok) return { ...sent, ...answer.value }
  const problem = `${answer.reason}, and the title in the event of a repeated run may be an old one`
  if (repeated) return { problem: `${problem}: run the workflow again later` }
  notice('notice', 'title of the event', `${answer.reason}; the title in the event is judged`)
  return sent
}

function rangeFlags(base?: string, head?: string, count?: number): string[] {
  return [
    ...(base === undefined ? [] : ['--base', base]),
    ...(head === undefined ? [] : ['--head', head]),
    ...(count === undefined ? [] : ['--count', String(count)]),
  ]
}

/** Each text in one word with its flag, so that none is a flag of its own. */
function titleFlags(
  title: string,
  pull: Pick<PullRequest, 'number' | 'body'> | undefined,
): string[] {
  const number = pull === undefined ? [] : ['--number', String(pull.number), `--body=${pull.body}`]
  return [`--title=${title}`, ...number]
}
