import { expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { makeRepository } from '../repository.ts'
import { testShell } from '../shell.ts'

const id = (letter: string) => letter.repeat(40)

function listed(letter: string, message: string, ...parents: readonly string[]) {
  const author = { name: 'Ada', email: 'ada@example.org', date: '2026-01-01T00:00:00Z' }
  const commit = { message, author, committer: null }
  return { sha: id(letter), parents: parents.map(parent => ({ sha: id(parent) })), commit }
}

async function call(data: unknown, args: readonly string[] = [], config?: string) {
  using repository = makeRepository()
  repository.commit('feat: a')
  if (config !== undefined) repository.write({ '.github/fluxgate.yaml': config })
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  const shell = testShell(repository.folder, text)
  const exit = await runCommand(['commits', '--commits', '-', ...args], {
    ...shell,
    asset: path => testShell().asset(`${process.cwd()}/${path}`),
  })
  return { exit, ...shell.written }
}

const three = [
  listed('b', 'Bad title', 'a'),
  listed('c', 'fix(app): x', 'b'),
  listed('d', "Merge branch 'x'", 'c', 'a'),
]

test('commits of the API are judged as those of git are', async () => {
  const { exit, out } = await call(three)
  expect(exit).toBe(1)
  expect(out).toContain(`commit ${id('b').slice(0, 12)}`)
  expect(out).toContain('scopes: these commits are not in git')
  expect(out).toContain('1 error')
  expect(await call(three.slice(1))).toMatchObject({ exit: 0 })
})

test('one line a commit, with what it is', async () => {
  const { out } = await call(three, ['--format', 'ndjson'])
  const lines: unknown[] = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines).toMatchObject([
    { index: 0, commit: id('b'), ok: false },
    { index: 1, commit: id('c'), ok: true, type: 'fix', scope: 'app' },
    { index: 2, commit: id('d') },
  ])
})

test('what is older than the first judged commit is left out', async () => {
  const since = (letter: string) => `commits:\n  since: ${id(letter)}\n`
  expect((await call(three, [], since('c'))).exit).toBe(0)
  expect((await call(three, [], since('e'))).exit).toBe(1)
})

test.each<[data: unknown, said: string]>([
  ['nonsense', 'cannot be read as JSON'],
  [{}, 'not an array of commits'],
  [[{ sha: 'b', parents: [], commit: { message: 'x' } }], 'entry 0 is no commit'],
  [[three[0], { sha: id('c'), parents: [], commit: {} }], 'entry 1 is no commit'],
])('%j is no list', async (data, said) => {
  const { exit, err } = await call(data)
  expect(exit).toBe(2)
  expect(err).toContain(said)
})

test('a list goes without a range of git', async () => {
  const { exit, err } = await call(three, ['--base', 'HEAD', '--head', 'HEAD'])
  expect([exit, err]).toEqual([2, expect.stringContaining('--commits goes without --head')])
})
