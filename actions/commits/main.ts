import { runAction, type Plan, type Run } from '../action.ts'
import { commonFlags } from '../inputs.ts'
import { isMerge } from '../range.ts'

process.exitCode = await runAction('commits', async run => {
  const { inputs, range, folder } = run
  const method = inputs.mergeMethod === undefined ? [] : ['--merge-method', inputs.mergeMethod]
  const common = ['commits', folder, ...commonFlags(inputs), ...method]
  if (inputs.title !== undefined) return titlePlan(run, common, inputs.title)
  if (range === undefined) return { args: common }
  const head = range.head === undefined ? [] : ['--head', range.head]
  const count = range.count === undefined ? [] : ['--count', String(range.count)]
  return { args: [...common, '--base', range.base, ...head, ...count] }
})

/** Judges the title alone: `auto` is the pull request's, in a merge queue the message that will land. */
async function titlePlan(run: Run, common: readonly string[], title: string): Promise<Plan> {
  const { event, repository, range } = run
  if (title !== 'auto')
    return { args: [...common, ...titleFlags(title, event.pullRequest?.number)] }
  if (event.landing !== undefined) {
    if (repository && range?.head && isMerge(repository, range.head))
      return { args: [...common, '--base', range.base, '--head', range.head] }
    return { args: [...common, '--message-file', '-'], stdin: event.landing }
  }
  if (event.pullRequest === undefined)
    return { problem: 'this event has no pull request and no title' }
  const live = await currentTitle(run, event.pullRequest.title)
  return typeof live === 'string'
    ? { args: [...common, ...titleFlags(live, event.pullRequest.number)] }
    : live
}

/** The title as it is now. A first run may trust its event; a repeated one has an old event, so it must be told. */
async function currentTitle(
  { inputs, event, notice }: Run,
  sent: string,
): Promise<string | { readonly problem: string }> {
  const repeated = Number(process.env['GITHUB_RUN_ATTEMPT'] ?? '1') > 1
  const number = event.pullRequest?.number ?? 0
  const answer =
    inputs.token === undefined
      ? { ok: false as const, reason: 'there is no token' }
      : await (await import('../platform.ts')).readTitle(inputs.token, number)
  if (answer.ok) return answer.value.title
  const problem = `${answer.reason}, and the title in the event of a repeated run may be an old one`
  if (repeated) return { problem: `${problem}: run the workflow again later` }
  notice('notice', 'title of the event', `${answer.reason}; the title in the event is judged`)
  return sent
}

function titleFlags(title: string, number: number | undefined): string[] {
  // One word, so that no title is a flag.
  return [`--title=${title}`, ...(number === undefined ? [] : ['--number', String(number)])]
}
