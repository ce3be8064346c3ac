import { expect, test } from 'vitest'
import { runStep } from '../runner/action.ts'
import { type Api, startApi } from '../runner/api.ts'
import { type Pull, Workspace } from './pull.ts'

const good = { message: 'feat: more' }
const bad = { message: 'Some title' }

interface Asked {
  readonly options?: Parameters<typeof startApi>[0]
  readonly inputs?: Readonly<Record<string, string>>
  readonly prepare?: (api: Api) => void
}

/** Judges the commits of a pull request in a clone that lacks some of them; the API has all. */
async function judge(pull: Pull, { options = {}, inputs = {}, prepare }: Asked = {}) {
  await using api = await startApi(options)
  using workspace = new Workspace({ depth: 1, ...pull })
  api.history.commits = workspace.listed()
  prepare?.(api)
  const outcome = await runStep({
    action: 'actions/commits',
    workspace: workspace.folder,
    inputs: { path: 'pr', token: 'x', ...inputs },
    event: workspace.event(),
    env: { GITHUB_API_URL: api.url, GITHUB_REPOSITORY: 'ada/repository' },
  })
  const titles = outcome.annotations
    .filter(one => one.level !== 'notice')
    .map(one => one.properties['title'])
  return { outcome, titles, asked: [...api.asked], head: workspace.head }
}

test.each([1, 2, 3])('a clone of depth %i is judged by what the API lists', async depth => {
  const fine = await judge({ commits: [good, good, good], depth })
  expect(fine.outcome).toMatchObject({ exit: 0, stderr: '', commands: [] })
  expect(fine.outcome.summary).toContain('3 commits')
  const { outcome, titles, head } = await judge({ commits: [good, good, bad], depth })
  expect(outcome.exit).toBe(1)
  expect(titles).toEqual(['malformed-header'])
  const error = outcome.annotations.find(one => one.level === 'error')
  expect(error?.message).toContain(head.slice(0, 12))
  const unseen = fine.outcome.annotations.map(one => one.properties['title'])
  expect(unseen).toEqual(depth === 1 ? ['the gate may be changed'] : [])
})

test('a whole clone asks nothing', async () => {
  const { outcome, asked } = await judge({ commits: [good, good, good], depth: 5 })
  expect(outcome.exit).toBe(0)
  expect(asked).toEqual([])
})

test('more than 250 commits are listed page by page', async () => {
  const commits = Array.from({ length: 260 }, (_, i) => ({ message: `fix: ${i}` }))
  const all = await judge({ commits: [...commits, bad] })
  expect(all.titles).toEqual(['malformed-header'])
  expect(all.asked.filter(one => one.includes('/compare/'))).toHaveLength(3)
}, 120_000)

test.each<[what: string, prepare: (api: Api) => void]>([
  ['has fewer than it says', api => (api.history.commits = api.history.commits.slice(1))],
  ['says fewer than the event', api => (api.history.total = 2)],
  ['says more than the event', api => (api.history.total = 4)],
  ['lacks the head', api => (api.history.commits = api.history.commits.toReversed().slice(1))],
  ['lists nothing', api => (api.history.commits = [])],
])('a list that %s is no list', async (_, prepare) => {
  const { outcome } = await judge({ commits: [good, good, good] }, { prepare })
  expect(outcome.exit).toBe(2)
  expect(outcome.annotations[0]?.message).toMatch(/the API lists \d commits of \d.*fetch-depth: 0/s)
})

test.each([403, 429, 500, 'silent'] as const)(
  'an API that answers %s makes no verdict',
  async answer => {
    const options = answer === 'silent' ? { silent: true } : { status: answer }
    const { outcome } = await judge({ commits: [good, good, good] }, { options })
    expect(outcome.exit).toBe(2)
    expect(outcome.outputs['ok']).toBe('false')
    expect(outcome.annotations[0]?.message).toMatch(/the API (?:answered|gave).*fetch-depth: 0/s)
  },
  60_000,
)

test('without a token the fix is told', async () => {
  const { outcome, asked } = await judge({ commits: [good, good] }, { inputs: { token: '' } })
  expect(outcome.exit).toBe(2)
  expect(outcome.annotations[0]?.message).toMatch(/fetch-depth: 0; or give this action a token/)
  expect(asked).toEqual([])
})

test('the policy is the one of the base, wherever that is', async () => {
  const files = { '.github/fluxgate.yaml': 'commits:\n  types: [anything]\n' }
  const loosened = { commits: [{ message: 'anything: goes', files }, good] }
  expect((await judge(loosened)).titles).toEqual(['unknown-type'])
  const seen = await judge({ ...loosened, depth: 2 })
  expect(seen.titles).toEqual(['the gate is changed', 'unknown-type'])
  const policy = 'commits:\n  types: [anything, feat]\n'
  const prepare = (api: Api) => {
    api.history.policy = policy
  }
  const allowed = await judge(loosened, { prepare })
  expect(allowed.titles).not.toContain('unknown-type')
  expect(allowed.outcome.exit).toBe(0)
})

test('what a squash will land is judged with them', async () => {
  const inputs = { title: 'feat: x', 'merge-method': 'squash' }
  const { outcome, titles } = await judge({ commits: [{ message: 'feat!: a' }, good] }, { inputs })
  expect(outcome.exit).toBe(1)
  expect(titles).toEqual(['hidden-breaking-change'])
})
