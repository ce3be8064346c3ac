import { type Plan, type Run, startAction } from '../action.ts'
import type { PullRequest } from '../event.ts'
import { rangeFlags, sourceOf } from '../beyond.ts'
import { commonFlags } from '../inputs.ts'
import { isMerge, type Range } from '../range.ts'

const commands = { commits: async () => (await import('../../src/cli/commits.ts')).commits }

void startAction({ name: 'commits', commands, plan })

async function plan(run: Run): Promise<Plan> {
  const { inputs, range, folder } = run
  const method = inputs.mergeMethod === undefined ? [] : ['--merge-method', inputs.mergeMethod]
  const common = ['commits', folder, ...commonFlags(inputs), ...method]
  if (inputs.title !== undefined) return titlePlan(run, common, inputs.title)
  if (range === undefined) return { args: common }
  const source = await sourceOf(run, range)
  return 'problem' in source ? source : { args: [...common, ...source.flags] }
}

/** Judges the title alone: `auto` is the pull request's, in a merge queue the message that will land. */
async function titlePlan(run: Run, common: readonly string[], title: string): Promise<Plan> {
  const { event, repository, range } = run
  // With a base the policy is the base's: a pull request does not choose its own.
  const flags = range === undefined ? [] : await flagsOf(run, range)
  const ranged = [...common, ...flags, '--title-only']
  if (title !== 'auto') return { args: [...ranged, ...titleFlags(title, event.pullRequest)] }
  if (event.landing !== undefined) {
    if (repository && range?.head !== undefined && isMerge(repository, range.head))
      return { args: [...common, ...flags] }
    return { args: [...common, ...policyOf(flags), '--message-file', '-'], stdin: event.landing }
  }
  if (event.pullRequest === undefined)
    return { problem: 'this event has no pull request and no title' }
  const live = await currentTitle(run, event.pullRequest)
  if ('problem' in live) return live
  return { args: [...ranged, ...titleFlags(live.title, live)] }
}

/** Not every title needs the commits: the command itself says where they are missing. */
async function flagsOf(run: Run, range: Range): Promise<readonly string[]> {
  const source = await sourceOf(run, range)
  return 'problem' in source ? rangeFlags(range) : source.flags
}

/** Of the flags of a range those that say whose policy it is: pairs of name and value. */
function policyOf(flags: readonly string[]): string[] {
  return flags.filter((_, at) => /^--(?:base|config)$/.test(flags[at - (at % 2)] ?? ''))
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

/** Each text in one word with its flag, so that none is a flag of its own. */
function titleFlags(
  title: string,
  pull: Pick<PullRequest, 'number' | 'body'> | undefined,
): string[] {
  const number = pull === undefined ? [] : ['--number', String(pull.number), `--body=${pull.body}`]
  return [`--title=${title}`, ...number]
}
