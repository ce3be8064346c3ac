import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { judgeHistory } from '../../src/commits/landing.ts'
import { quoted } from '../../src/commits/mend.ts'
import { defaultPolicy } from '../../src/commits/policy.ts'
import { isProblem, openRepository } from '../../src/tree/git.ts'
import { revisions } from '../../src/tree/githistory.ts'
import { makeRepository, type TestRepository } from '../repository.ts'

function commandOf(repository: TestRepository, base: string | undefined): string {
  const git = openRepository(repository.folder)
  const commits = isProblem(git) ? git : revisions(git, base, 'HEAD')
  if (isProblem(commits)) throw new Error(commits.message)
  const [found] = judgeHistory({ commits, method: 'rebase', base }, defaultPolicy)
  return found?.command ?? ''
}

function run(repository: TestRepository, command: string): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_COMMITTER_NAME: 'Ada' }
  Object.assign(env, { GIT_COMMITTER_EMAIL: 'ada@example.org', GIT_AUTHOR_NAME: 'Ada' })
  Object.assign(env, { GIT_AUTHOR_EMAIL: 'ada@example.org' })
  execFileSync('sh', ['-c', command], { cwd: repository.folder, env, stdio: 'pipe' })
}

const messages = (repository: TestRepository): string =>
  repository.git(['log', '--format=%B%x00', '--reverse'])

test('the command for the newest commit keeps the body and changes the header', () => {
  using repository = makeRepository()
  repository.commit('feat: start', { a: '1' })
  repository.commit("Feature: it's $HOME `x` \\1\n\nbody\n\nRefs: 1\n", { a: '2' })
  run(repository, commandOf(repository, 'HEAD~1'))
  expect(messages(repository)).toContain("feat: it's $HOME `x` \\1\n\nbody\n\nRefs: 1\n")
})

test.each([['HEAD~2'], [undefined]])('the command for an older commit above %s', base => {
  using repository = makeRepository()
  if (base !== undefined) repository.commit('feat: start', { a: '1' })
  repository.commit('fix:mend "it" & \'that\'\n\nbody\n', { a: '2' })
  repository.commit('feat: later\n', { a: '3' })
  run(repository, commandOf(repository, base))
  const found = messages(repository)
  expect(found).toContain('fix: mend "it" & \'that\'\n\nbody\n')
  expect(found).toContain('feat: later')
})

test('fixups are melted by the command', () => {
  using repository = makeRepository()
  const base = repository.commit('feat: start', { a: '1' })
  repository.commit('fix: x', { b: '1' })
  repository.commit('fixup! fix: x', { b: '2' })
  run(repository, `GIT_SEQUENCE_EDITOR=: ${commandOf(repository, base)}`)
  expect(repository.git(['log', '--format=%s', `${base}..`])).toBe('fix: x')
})

test('nothing in a quoted text is an order', () => {
  const text = 'a\'b"c$(touch x)`y`\\ \n!'
  expect(execFileSync('sh', ['-c', `printf %s ${quoted(text)}`]).toString()).toBe(text)
})
