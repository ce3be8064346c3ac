import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { encode } from '../../src/secrets/bech32.ts'
import { makeRepository, type TestRepository } from '../repository.ts'
import { testShell } from '../shell.ts'

async function call(args: readonly string[], cwd?: string, stdin = '') {
  const shell = testShell(cwd, stdin)
  const exit = await runCommand(['commits', ...args], {
    ...shell,
    asset: path => testShell().asset(`${process.cwd()}/${path}`),
  })
  return { exit, ...shell.written }
}

const branch = (repository: TestRepository, ...messages: string[]): void => {
  repository.git(['checkout', '--quiet', '-b', 'topic'])
  for (const message of messages) repository.commit(message)
}

test('one line a message, split at NUL', async () => {
  const messages = ['feat(a)!: x\n\nRefs #1', 'feat:x', '', 'Feature: y\n']
  const args = ['--message-file', '-', '--null', '--format', 'ndjson']
  const { exit, out } = await call(args, undefined, `${messages.join('\0')}\0`)
  const lines: unknown[] = out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(exit).toBe(1)
  expect(lines).toMatchObject([
    {
      index: 0,
      ok: true,
      type: 'feat',
      scope: 'a',
      breaking: true,
      description: 'x',
      footers: [{ token: 'Refs', separator: ' #', value: '1' }],
      diagnostics: [],
    },
    { index: 1, ok: false, scope: null, diagnostics: [{ code: 'missing-space', fix: 'feat: x' }] },
    { index: 2, ok: false, type: null, diagnostics: [{ code: 'empty-message' }] },
    { index: 3, ok: true, type: 'Feature', diagnostics: [{ code: 'unknown-type' }] },
  ])
  expect(lines).toHaveLength(4)
})

test('a hook reads the file as git hands it over', async () => {
  using repository = makeRepository()
  repository.write({ message: '# comment\nfeat: x\n\n# Please enter the commit message\n' })
  expect(await call(['--message-file', 'message'], repository.folder)).toMatchObject({ exit: 0 })
  repository.write({ message: 'Feature: x\n' })
  const { exit, out } = await call(['--message-file', 'message'], repository.folder)
  expect(exit).toBe(1)
  expect(out).toContain("git commit --edit --file 'message'")
  repository.write({ message: "Merge branch 'x'\n" })
  expect(await call(['--message-file', 'message'], repository.folder)).toMatchObject({ exit: 1 })
  repository.write({ '.git/MERGE_HEAD': 'f'.repeat(40) })
  expect(await call(['--message-file', 'message'], repository.folder)).toMatchObject({ exit: 0 })
})

test('a range is judged by the policy of its base', async () => {
  using repository = makeRepository()
  const config = 'commits:\n  types: [feat]\n'
  repository.commit('feat: start', { '.github/fluxgate.yaml': config })
  branch(repository, 'feat: fine', 'custom: not allowed')
  repository.commit('feat: loosen', { '.github/fluxgate.yaml': 'commits:\n  types: [custom]\n' })
  const { exit, out } = await call(['--base', 'main', '--format', 'json'], repository.folder)
  const report: unknown = JSON.parse(out)
  expect(exit).toBe(1)
  expect(report).toMatchObject({
    checked: { commits: 3 },
    diagnostics: [
      {
        code: 'unknown-type',
        commit: repository.git(['rev-parse', 'HEAD~1']),
        in: 'message',
        line: 1,
        column: 1,
      },
    ],
  })
})

test('titles, methods and numbers', async () => {
  using repository = makeRepository()
  repository.commit('feat: start')
  branch(repository, 'nonsense', 'more nonsense')
  const run = (...args: string[]) => call(args, repository.folder)
  expect((await run('--base', 'main')).exit).toBe(1)
  const squash = ['--base', 'main', '--merge-method', 'squash', '--title']
  expect((await run(...squash, 'feat: x')).exit).toBe(0)
  const bad = await run('--title', 'Bad title.', '--number', '7')
  expect([bad.exit, bad.out]).toMatchObject([1, expect.stringContaining('title 1:1')])
  expect((await run(...squash, `feat: ${'x'.repeat(92)}`, '--number', '12345')).exit).toBe(1)
})

test.each<[args: readonly string[], said: string]>([
  [['--base', 'absent'], 'no such revision'],
  [['--base', 'main', '--count', '9'], 'counts 9 commits'],
  [['--head', 'main'], '--head goes with --base'],
  [['--merge-method', 'octopus'], '--merge-method takes'],
  [['--null'], '--null goes with'],
  [['--message-file', 'absent'], 'cannot be read'],
  [['--message-file', '-', '--null'], 'no message was given'],
  [['absent'], 'no such file'],
])('%j cannot be judged: %s', async (args, said) => {
  using repository = makeRepository()
  repository.commit('feat: start')
  const { exit, err } = await call(args, repository.folder)
  expect(err).toContain(said)
  expect(exit).toBe(2)
})

test.runIf(existsSync('.git'))("this repository's own history passes", async () => {
  const { exit, out } = await call([])
  expect(out).toContain('0 errors')
  expect(exit).toBe(0)
})

test('a key in a message is never shown, not even in what is suggested', async () => {
  const key = ['AGE', 'SECRET', 'KEY-1'].join('-') + 'Q'.repeat(58)
  for (const message of [`Feature: ${key}`, `feature(${key}): x`, `${key}: x`, `feat:${key}`])
    for (const format of ['text', 'json', 'ndjson']) {
      const { exit, out, err } = await call(
        ['--message-file', '-', '--format', format],
        undefined,
        message,
      )
      expect(exit).toBe(1)
      expect(out + err).not.toContain('QQQQ')
    }
})

test('a key in a message is a finding of its own, in a file, a commit and a title', async () => {
  const token = encode('age-secret-key-', randomBytes(32)).toUpperCase()
  using repository = makeRepository()
  repository.commit('feat: start')
  branch(repository, `fix: mend it\n\nwith ${token}\n`)
  const calls = [
    await call(['--message-file', '-', '--format', 'json'], undefined, `fix: ${token}`),
    await call(['--base', 'main', '--format', 'json'], repository.folder),
    await call(['--title', `fix: ${token}`, '--format', 'json'], repository.folder),
  ]
  for (const { exit, out } of calls) {
    const report: unknown = JSON.parse(out)
    expect(exit).toBe(1)
    expect(report).toMatchObject({
      diagnostics: [{ level: 'error', fingerprint: expect.any(String) }],
    })
    expect(out).not.toContain(token)
  }
})
