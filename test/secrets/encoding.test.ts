import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { findInHistory } from '../../src/secrets/history.ts'
import { surroundingsOf } from '../../src/secrets/tree.ts'
import { isProblem, openRepository } from '../../src/tree/git.ts'
import { revisions } from '../../src/tree/githistory.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { makeRepository } from '../repository.ts'

function leaksOf(header: string, message: string): string[] {
  using repository = makeRepository()
  const base = repository.commit('feat: start')
  const tree = repository.git(['rev-parse', 'HEAD^{tree}'])
  const person = 'Ada <ada@example.org> 1767225600 +0000'
  const commit = `tree ${tree}\nparent ${base}\nauthor ${person}\ncommitter ${person}\n${header}\n${message}`
  const args = ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally']
  const head = repository.git(args, commit)
  const git = openRepository(repository.folder)
  const found = isProblem(git) ? git : revisions(git, base, head)
  if (isProblem(git) || isProblem(found)) throw new Error('the range was not read')
  const leaks = findInHistory(git, found, surroundingsOf(memoryTree({})))
  if (isProblem(leaks)) throw new Error(leaks.message)
  return leaks.findings.map(one => one.code)
}

test('a key is found whatever encoding a message claims, and in headers that nobody shows', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  expect(leaksOf('', `feat: x\n\n${key}`)).toEqual(['private-key'])
  expect(leaksOf('encoding UTF-16LE\n', `feat: x\n\n${key}`)).toEqual(['private-key'])
  expect(leaksOf('encoding ISO-2022-JP\n', `feat: x\n\n\x1b$B${key}\x1b(B`)).toEqual([
    'private-key',
  ])
  expect(leaksOf('encoding ISO-8859-1\n', `feat: x\n\n${key}`)).toEqual(['private-key'])
  expect(leaksOf(`x-note ${key.trim().replaceAll('\n', '\n ')}\n`, 'feat: x\n')).toEqual([
    'private-key',
  ])
  expect(leaksOf('encoding UTF-16LE\n', 'feat: x\n')).toEqual([])
})
