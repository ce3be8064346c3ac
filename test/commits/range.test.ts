import { expect, test } from 'vitest'
import { isProblem, openRepository } from '../../src/tree/git.ts'
import { mergeBase, revisions } from '../../src/tree/githistory.ts'
import { makeRepository, type TestRepository } from '../repository.ts'

/** main with three commits, a branch of five from the second, and the merge that GitHub would test. */
function pullRequest(): TestRepository {
  const repository = makeRepository()
  repository.commit('feat: a')
  repository.commit('feat: b')
  repository.git(['checkout', '--quiet', '-b', 'topic'])
  for (const n of [1, 2, 3, 4, 5]) repository.commit(`fix: ${n}`)
  repository.git(['checkout', '--quiet', 'main'])
  repository.commit('feat: c')
  repository.git(['checkout', '--quiet', '-b', 'merged'])
  repository.git(['merge', '--quiet', '--no-ff', '-m', 'Merge topic into main', 'topic'])
  return repository
}

function headersOf(
  repository: TestRepository,
  base: string | undefined,
  head: string,
  expected?: number,
  since?: string,
): string {
  const git = openRepository(repository.folder)
  if (isProblem(git)) return git.problem
  const found = revisions(git, base, head, { expected, since })
  return isProblem(found)
    ? found.problem
    : found.map(one => one.message.text.split('\n')[0]).join(', ')
}

const FIVE = 'fix: 1, fix: 2, fix: 3, fix: 4, fix: 5'

test('a pull request is what the second parent adds to the first', () => {
  using repository = pullRequest()
  expect(headersOf(repository, 'HEAD^1', 'HEAD^2')).toBe(FIVE)
  expect(headersOf(repository, 'main', 'topic', 5)).toBe(FIVE)
  expect(headersOf(repository, 'main', 'topic', 6)).toBe('shallow')
  expect(headersOf(repository, 'main', 'main')).toBe('')
  expect(headersOf(repository, 'topic', 'topic~2')).toBe('')
  expect(headersOf(repository, '0'.repeat(40), 'topic')).toBe('unknown-revision')
})

test.each<[depth: number, counted: number | undefined, answer: string]>([
  [1, undefined, 'shallow'],
  [1, 5, 'shallow'],
  [2, undefined, 'shallow'],
  [2, 5, 'shallow'],
  [2, 1, 'fix: 5'],
  [5, undefined, 'shallow'],
  [6, 5, FIVE],
  [6, undefined, FIVE],
  [7, 5, FIVE],
  [9, undefined, FIVE],
])('a clone of depth %i where %s commits are counted: %s', (depth, counted, answer) => {
  using repository = pullRequest()
  using clone = repository.clone(`--depth=${depth}`, '--branch=merged')
  expect(headersOf(clone, 'HEAD^1', 'HEAD^2', counted)).toBe(answer)
})

test('a shallow clone whose cut lies below the base is complete', () => {
  using repository = makeRepository()
  for (const n of [1, 2, 3, 4, 5, 6]) repository.commit(`fix: ${n}`)
  using clone = repository.clone('--depth=4')
  expect(headersOf(clone, 'HEAD~2', 'HEAD')).toBe('fix: 5, fix: 6')
  expect(headersOf(clone, 'HEAD~3', 'HEAD')).toBe('fix: 4, fix: 5, fix: 6')
  expect(headersOf(clone, 'HEAD~4', 'HEAD')).toBe('shallow')
  expect(headersOf(clone, undefined, 'HEAD')).toBe('shallow')
})

test('without a base all commits count, from the one that the policy names', () => {
  using repository = pullRequest()
  const since = repository.git(['rev-parse', 'topic~1'])
  expect(headersOf(repository, undefined, 'topic', undefined, since)).toBe('fix: 4, fix: 5')
  expect(headersOf(repository, 'main', 'topic', undefined, since)).toBe('fix: 4, fix: 5')
  const root = repository.git(['rev-list', '--max-parents=0', 'main'])
  expect(headersOf(repository, undefined, 'main', undefined, root)).toBe(
    'feat: a, feat: b, feat: c',
  )
  expect(headersOf(repository, 'main', 'topic', undefined, 'a'.repeat(40))).toBe(FIVE)
})

test('octopus merges, filtered clones, forced pushes', () => {
  using repository = pullRequest()
  for (const name of ['x', 'y']) {
    repository.git(['checkout', '--quiet', '-b', name, 'main'])
    repository.commit(`fix: ${name}`, { [name]: '' })
  }
  repository.git(['checkout', '--quiet', 'merged'])
  repository.git(['merge', '--quiet', '-m', 'octopus', 'x', 'y'])
  const all = headersOf(repository, 'main', 'merged').split(', ').sort()
  expect(all).toEqual(
    [...FIVE.split(', '), 'Merge topic into main', 'fix: x', 'fix: y', 'octopus'].sort(),
  )
  using filtered = repository.clone('--filter=tree:0', '--no-checkout', '--branch=topic')
  expect(headersOf(filtered, 'origin/main', 'HEAD')).toBe(FIVE)
  const gone = repository.git(['rev-parse', 'topic'])
  repository.git(['branch', '--force', 'topic', 'main'])
  using clone = repository.clone('--single-branch', '--branch=main')
  expect(headersOf(clone, 'main', gone)).toBe('unknown-revision')
})

test('the merge base of a shallow clone is the true one or none', () => {
  using repository = pullRequest()
  const git = (depth: string) => {
    const clone = repository.clone(depth, '--branch=merged')
    const opened = openRepository(clone.folder)
    const base = isProblem(opened) ? opened : mergeBase(opened, 'HEAD^1', 'HEAD^2')
    clone[Symbol.dispose]()
    return isProblem(base) ? base.problem : base
  }
  expect(git('--depth=3')).toBe('shallow')
  expect(git('--depth=50')).toBe(repository.git(['rev-parse', 'main~1']))
})

test('messages are read as stored: encoding, CRLF, signatures, no mail map, no replacement', () => {
  using repository = makeRepository()
  repository.write({ '.mailmap': 'Other <other@example.org> <ada@example.org>\n' })
  repository.git(['config', 'i18n.commitEncoding', 'ISO-8859-1'])
  const first = repository.commit('feat: a')
  const tree = repository.git(['rev-parse', 'HEAD^{tree}'])
  const person = 'Ada <ada@example.org> 1767225600 +0000'
  const raw = `tree ${tree}\nparent ${first}\nauthor ${person}\ncommitter ${person}\nencoding ISO-8859-1\ngpgsig -----BEGIN\n \n x\n\nfeat: \xe4\r\n\r\nbody\n`
  repository.write({ raw: Buffer.from(raw, 'latin1') })
  const second = repository.git(['hash-object', '-t', 'commit', '-w', 'raw'])
  repository.git(['update-ref', 'HEAD', second])
  repository.git(['replace', second, first])
  const git = openRepository(repository.folder)
  const found = isProblem(git) ? git : revisions(git, first, second)
  expect(found).toMatchObject([
    { sha: second, author: { email: 'ada@example.org', time: 1_767_225_600 } },
  ])
  expect(isProblem(found) || found[0]?.message.text).toBe('feat: ä\r\n\r\nbody\n')
})
