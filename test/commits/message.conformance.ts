import { execFileSync } from 'node:child_process'
import { CommitParser } from 'conventional-commits-parser'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isConventional } from '../../src/commits/message.ts'
import { footersOf, read } from './read.ts'
import { footerReasons, readOurs, readReference } from './reference.ts'
import { realistic } from './styles.ts'

const history = execFileSync('git', ['log', '--format=%B%x00'], { encoding: 'utf8' })
  .split('\0')
  .map(message => message.trim())
  .filter(Boolean)

const piece = fc.constantFrom(
  'feat',
  'fix(ui)',
  'docs(a/b)!',
  'Fix',
  'Add it',
  'Merge x',
  'feat (x)',
  'ci/cd',
  'word(',
  'wip!',
)
const colon = fc.constantFrom(': ', ':', ' : ', ' ', ':  ')
const line = fc.constantFrom(
  'plain text',
  'Refs: #1',
  'Fixes #12',
  'BREAKING CHANGE: b',
  'breaking change: b',
  'see f(x) and g(',
  'https://example.org/a',
  'Note: prose',
  'word( open',
  '* item',
  '',
  '',
  'Signed-off-by: A <a@b.c>',
  ' indented',
)
const message = fc
  .tuple(piece, colon, fc.constantFrom('text', 'more text.', ''), fc.array(line, { maxLength: 8 }))
  .map(([start, colon, text, lines]) => [start + colon + text, ...lines].join('\n').trim())
  .filter(Boolean)

const random = fc.sample(message, { numRuns: 4000, seed: 7 })

function accepts(text: string): boolean {
  return readReference(text) !== undefined
}

/** Where the reference parser is laxer than the specification, by our code for it; and where it stumbles. */
function reasonOf(text: string): string | undefined {
  const ours = read(text)
  if (isConventional(ours)) return /\([^)]*$/m.test(text) ? 'reference stumbles over (' : undefined
  const codes = new Set(ours.flaws.map(flaw => flaw.code))
  return [
    'missing-space',
    'empty-description',
    'missing-blank-line',
    'hidden-breaking-change',
  ].find(code => codes.has(code))
}

const FOOTERS = [
  'git: what a cherry-pick came from',
  'rule 10: a value ends at the next footer',
  'rule 10: a value goes on until the next footer',
  'rule 7: a paragraph that starts no footer follows',
  'rule 8: a blank line stands before the footers',
  'rule 8: a value follows the separator',
  'rule 8: the separator is a colon and a space',
  'rule 9: a token is a word, with hyphens',
]

describe('the reference parser', () => {
  test('agrees on this history', () => {
    expect(history.filter(text => accepts(text) !== isConventional(read(text)))).toEqual([])
  })

  test('agrees on what public histories hold, but for named reasons', () => {
    const messages = realistic(8000, 11)
    const accepted = messages.filter(accepts).length
    const differing = messages.filter(text => accepts(text) !== isConventional(read(text)))
    const reasons = Map.groupBy(differing, reasonOf)
    expect(reasons.get(undefined) ?? []).toEqual([])
    expect(1 - differing.length / messages.length).toBeGreaterThanOrEqual(0.993)
    // Both answers are frequent, or agreement says nothing.
    expect(accepted).toBeGreaterThan(4000)
    expect(messages.length - accepted).toBeGreaterThan(1000)
  })

  test('reads the parts of messages as we do, but for named reasons', () => {
    const reasons = new Map<string | undefined, string>()
    for (const text of [...history, ...realistic(8000, 11), ...random]) {
      const [ours, theirs] = [readOurs(text), readReference(text)]
      if (ours === undefined || theirs === undefined) continue
      expect({ ...ours, footers: [] }, text).toEqual({ ...theirs, footers: [] })
      for (const reason of footerReasons(text, ours, theirs)) reasons.set(reason, text)
    }
    expect(reasons.get(undefined)).toBeUndefined()
    expect([...reasons.keys()].map(String).sort()).toEqual(FOOTERS)
  })

  test('disagrees on random messages only for named reasons', () => {
    const differing = random.filter(text => accepts(text) !== isConventional(read(text)))
    const reasons = Map.groupBy(differing, reasonOf)
    expect(reasons.get(undefined) ?? []).toEqual([])
    expect([...reasons.keys()].map(String).sort()).toEqual([
      'empty-description',
      'hidden-breaking-change',
      'missing-blank-line',
      'missing-space',
      'reference stumbles over (',
    ])
  })
})

test('conventional-commits-parser reads the same header', () => {
  const parser = new CommitParser({
    headerPattern: /^([^\s():!]+)(?:\(([^()\n]+)\))?(!?): (\S.*)$/,
    headerCorrespondence: ['type', 'scope', 'bang', 'subject'],
  })
  for (const text of [...history, ...random]) {
    const ours = read(text)
    if (!isConventional(ours) || ours.flaws.length > 0) continue
    const { type, scope, subject } = parser.parse(text)
    expect([type, scope ?? undefined, subject], text).toEqual([
      ours.type?.text,
      ours.scope?.text,
      ours.description?.text,
    ])
  }
})

/** Git accepts a last paragraph of which a quarter are trailers, if git wrote one of them; the specification does not. */
function isMixed(text: string): boolean {
  const last = text.split(/\n\s*\n/).at(-1) ?? ''
  return footersOf(`a: b\n\n${last}`).length === 0 && last.includes('Signed-off-by: ')
}

test('what git takes for trailers are footers', () => {
  const missed: string[] = []
  for (const text of [...history, ...random.slice(0, 400)]) {
    const ours = footersOf(text).map(one => one.replace(/\s*\n\s*/g, ' '))
    const theirs = execFileSync('git', ['interpret-trailers', '--parse', '--no-divider'], {
      input: `${text}\n`,
      encoding: 'utf8',
    })
    for (const trailer of theirs.split('\n').filter(Boolean))
      if (!ours.some(one => one.startsWith(trailer)) && !trailer.startsWith('https: '))
        missed.push(isMixed(text) ? 'mixed paragraph' : /^https:/m.test(text) ? 'address' : text)
  }
  expect([...new Set(missed)]).toEqual(['mixed paragraph', 'address'])
})
