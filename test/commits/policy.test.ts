import { describe, expect, test } from 'vitest'
import type { Commit } from '../../src/commits/commit.ts'
import { type History, judgeHistory } from '../../src/commits/landing.ts'
import { defaultPolicy, type Policy, readPolicy } from '../../src/commits/policy.ts'
import { mendHeader } from '../../src/commits/suggestion.ts'
import { Source } from '../../src/text/source.ts'

const ada = { name: 'Ada', email: 'ada@example.org', time: 0 }

function commit(message: string, more: Partial<Commit> = {}): Commit {
  const sha = Buffer.from(message).toString('hex').padEnd(40, '0').slice(0, 40)
  const source = new Source('', message, { commit: sha, in: 'message' })
  return { sha, parents: ['f'.repeat(40)], author: ada, committer: ada, message: source, ...more }
}

function judge(
  commits: readonly Commit[],
  policy: Partial<Policy> = {},
  more: Partial<History> = {},
) {
  const history: History = { commits, method: 'rebase', ...more }
  return judgeHistory(history, { ...defaultPolicy, ...policy })
}

const codes = (...args: Parameters<typeof judge>): string[] =>
  judge(...args).map(({ code, level }) => (level === undefined ? code : `${code} ${level}`))

describe('special commits', () => {
  const oid = '0123456789abcdef0123456789abcdef01234567'
  test.each<[message: string, codes: readonly string[]]>([
    [`Revert "feat: x"\n\nThis reverts commit ${oid}.`, ['loose-revert note']],
    [`Reapply "feat: x"\n\nThis reverts commit ${oid}.`, ['loose-revert note']],
    [
      `Revert "Merge branch x"\n\nThis reverts commit ${oid}, reversing\nchanges made to ${oid}.`,
      ['loose-revert note'],
    ],
    ['Revert "feat: x" (#3)\n\nReverts owner/repo#12', ['loose-revert note']],
    ['Revert "feat: x"', ['malformed-header', 'loose-revert']],
    ['Revert anything', ['malformed-header', 'loose-revert']],
    ['Revert "feat: x"\n\nThis reverts commit of yesterday.', ['malformed-header', 'loose-revert']],
    ['revert: feat: x\n\nRefs: 0123456', []],
    ['fixup! feat: x', ['fixup-commit error']],
    ['squash! fixup! feat: x', ['fixup-commit error']],
    ['amend! feat: x\n\nfeat: y', ['fixup-commit error']],
    ['fixup!garbage', ['malformed-header']],
    ['chore(release): 1.2.3', []],
    ['1.2.3', ['malformed-header']],
    ['wip', ['malformed-header', 'wip-commit warning']],
    ['feat: WIP something', ['wip-commit warning']],
    ['Initial commit', ['malformed-header']],
    ['Update deployment.yaml', ['malformed-header']],
    ['bad\n\nMerge branch x', ['malformed-header']],
  ])('%j', (message, expected) => {
    expect(codes([commit(message)])).toEqual(expected)
  })

  test('a merge is one by its parents, and policy decides', () => {
    const merge = commit('anything at all', { parents: ['a'.repeat(40), 'b'.repeat(40)] })
    expect(codes([merge])).toEqual([])
    expect(codes([merge], { mergeCommits: 'error' })).toEqual(['merge-commit error'])
    expect(codes([merge], { mergeCommits: 'warn' })).toEqual(['merge-commit warning'])
    expect(codes([commit("Merge branch 'main'")])).toEqual(['malformed-header'])
  })

  test('a revert must name a commit below it, where that can be known', () => {
    const revert = commit(`Revert "feat: x"\n\nThis reverts commit ${oid}.`)
    expect(codes([revert], {}, { isAncestor: () => true })).toEqual(['loose-revert note'])
    expect(codes([revert], {}, { isAncestor: () => undefined })).toEqual(['loose-revert note'])
    expect(codes([revert], {}, { isAncestor: () => false })).toEqual(['loose-revert'])
  })

  test.each<[name: string, email: string, message: string, expected: readonly string[]]>([
    [
      'dependabot[bot]',
      '49699333+dependabot[bot]@users.noreply.github.com',
      'Bump a from 1 to 2 in /dir',
      ['malformed-header warning'],
    ],
    [
      'renovate[bot]',
      '29139614+renovate[bot]@users.noreply.github.com',
      'Update dependency x to v2',
      ['malformed-header warning'],
    ],
    ['Mallory', 'mallory@example.org', 'Bump a from 1 to 2', ['malformed-header']],
    [
      'dependabot[bot]',
      '49699333+dependabot[bot]@users.noreply.github.com',
      'Hello world',
      ['malformed-header'],
    ],
    [
      'fluxcdbot',
      'fluxcdbot@example.org',
      'Update from image update automation',
      ['malformed-header warning'],
    ],
    ['Ada', 'ada@example.org', 'Update from image update automation', ['malformed-header']],
  ])('%s %s %s', (name, email, message, expected) => {
    expect(codes([commit(message, { author: { name, email, time: 0 } })])).toEqual(expected)
  })

  test('a bootstrap of Flux touches flux-system only', () => {
    const made = commit('Add Flux v2.9.0 component manifests', {
      author: { name: 'Flux', email: '', time: 0 },
    })
    const touching = (...paths: string[]) => ({ touched: new Map([[made.sha, paths]]) })
    expect(codes([made], {}, touching('clusters/a/flux-system/gotk-components.yaml'))).toEqual([])
    const more = touching('clusters/a/flux-system/gotk-components.yaml', 'apps/x.yaml')
    expect(codes([made], {}, more)).toEqual(['malformed-header'])
    expect(codes([made])).toEqual(['malformed-header'])
  })
})

describe('what a squash lands', () => {
  const squash = { method: 'squash' } as const
  const title = (text: string, number = 123) => ({ ...squash, title: { text, number } })

  test('the title counts, with the number that GitHub appends; commits do not', () => {
    const two = [commit('bad'), commit('worse')]
    expect(codes(two, {}, title('feat: x'))).toEqual([])
    expect(codes(two, {}, title('bad title'))).toEqual(['malformed-header'])
    const long = `feat: ${'x'.repeat(90)}`
    expect(codes(two, {}, title(long))).toEqual(['long-header'])
    expect(codes(two, {}, { ...squash, title: { text: long } })).toEqual([])
  })

  test('a single commit gives its own subject, unless the setting says otherwise', () => {
    expect(codes([commit('bad')], {}, title('feat: x'))).toEqual(['malformed-header'])
    expect(codes([commit('bad')], { squashTitle: 'pr-title' }, title('feat: x'))).toEqual([])
    const long = [commit(`feat: ${'x'.repeat(90)}`)]
    expect(codes(long, {}, title('feat: x'))).toEqual(['long-header'])
    expect(codes(long, {}, { ...squash, title: { text: 'feat: x' } })).toEqual([])
    const merge = commit('Merge main', { parents: ['a', 'b'] })
    expect(codes([commit('bad'), merge], {}, title('feat: x'))).toEqual(['malformed-header'])
  })

  test('a breaking change of a commit is not lost', () => {
    const two = [commit('feat!: a'), commit('fix: b')]
    expect(codes(two, {}, title('feat: x'))).toEqual(['hidden-breaking-change'])
    expect(codes(two, {}, title('feat!: x'))).toEqual([])
    const footer = [commit('feat: a\n\nBREAKING CHANGE: y'), commit('fix: b')]
    expect(codes(footer, {}, title('feat: x'))).toEqual([])
  })

  test('the body of the pull request becomes footers', () => {
    const more = {
      ...squash,
      title: { text: 'feat: x', number: 1, body: 'text\n\nbreaking change: y' },
    }
    const two = [commit('a'), commit('b')]
    expect(codes(two, { squashBody: 'pr-body' }, more)).toEqual(['hidden-breaking-change'])
    expect(codes(two, { squashBody: 'blank' }, more)).toEqual([])
    expect(codes(two, {}, more)).toEqual([])
    const lost = [commit('feat: a\n\nBREAKING CHANGE: y'), commit('fix: b')]
    expect(codes(lost, { squashBody: 'blank' }, more)).toEqual(['hidden-breaking-change'])
  })

  test('a merge commit takes the title where the setting says so', () => {
    const text = `feat: ${'x'.repeat(93)}`
    const more = { method: 'merge', title: { text, number: 12 } } as const
    expect(codes([commit('fix: a')], {}, more)).toEqual([])
    expect(codes([commit('fix: a')], { mergeTitle: 'pr-title' }, more)).toEqual(['long-header'])
  })

  test('fixups melt', () => {
    expect(codes([commit('fixup! feat: x')], {}, squash)).toEqual([])
  })
})

describe('policy', () => {
  test('lengths are counted in graphemes, the suffix included', () => {
    const family = '👨‍👩‍👧‍👦'.repeat(9)
    expect(codes([commit(`feat: ${family}`)], { headerMax: 15 })).toEqual([])
    expect(codes([commit(`feat: ${family}`)], { headerMax: 14 })).toEqual(['long-header'])
  })

  test('footers and lines with an address may be long', () => {
    const long = 'x'.repeat(50)
    const message = `fix: a\n\n${long}\nsee https://example.org/${long}\n\nCo-authored-by: ${long}`
    const found = judge([commit(message)], { bodyLineMax: 40 })
    expect(found.map(one => one.at.source.position(one.at.start).line)).toEqual([3])
  })

  test('names may start with a capital', () => {
    for (const text of ['API thing', 'GitHub login', 'v2', 'X11', 'Kubernetes 1.36', 'I18n'])
      expect(codes([commit(`feat: ${text}`)]), text).toEqual([])
    expect(codes([commit('feat: Add it')])).toEqual(['upper-case-description'])
  })

  test('scopes are split at commas, a slash belongs to a name', () => {
    const policy = { scopes: ['a', 'b/c'] }
    expect(codes([commit('feat(a, b/c): x')], policy)).toEqual([])
    expect(codes([commit('feat(a,d): x')], policy)).toEqual(['unknown-scope'])
  })

  test('a scope that names a folder is compared with the paths', () => {
    const one = commit('fix(immich): x')
    const more = (...paths: string[]) => ({
      folders: new Set(['immich', 'jellyfin']),
      touched: new Map([[one.sha, paths]]),
    })
    expect(codes([one], {}, more('apps/base/immich/a.yaml'))).toEqual([])
    const [found] = judge([one], {}, more('apps/base/jellyfin/a.yaml'))
    expect([found?.code, found?.help]).toEqual(['misleading-scope', 'did you mean jellyfin?'])
    expect(codes([one], { scopes: 'any' }, more('apps/jellyfin/a.yaml'))).toEqual([])
  })

  test("commitlint's rules are understood", () => {
    const policy = readPolicy({
      rules: {
        'type-enum': [2, 'always', ['feat']],
        'header-max-length': [2, 'always', 50],
        'subject-full-stop': [0],
        'scope-empty': [2, 'never'],
      },
      bots: { copilot: 'skip' },
    })
    expect(policy).toMatchObject({
      types: ['feat'],
      headerMax: 50,
      fullStop: '',
      requireScope: true,
    })
    expect(policy.bots).toMatchObject({ copilot: 'skip', dependabot: 'warn' })
  })
})

test.each<[written: string, mended: string | undefined]>([
  ['feature: x', 'feat: x'],
  ['Fix : Add it.', 'fix: add it'],
  ['feat:x', 'feat: x'],
  ['feat(): x', 'feat: x'],
  ['feat(a(b)): x', 'feat(a-b): x'],
  ['feat!(a): x', 'feat(a)!: x'],
  ['feat (a)!!: x', 'feat(a)!: x'],
  ['[feat] x', 'feat: x'],
  ['feat - x', 'feat: x'],
  ['✨ feat: x', 'feat: ✨ x'],
  ['docs(: x', undefined],
  ['faet: x', 'feat: x'],
  ['Add jellyfin', 'feat: add jellyfin'],
  ['Bump a to b', 'build: bump a to b'],
  ['Revert "feat: x"', 'revert: feat: x'],
  ['zzz qqq', undefined],
])('%j is mended to %j', (written, mended) => {
  expect(mendHeader(written, defaultPolicy)).toBe(mended)
})
