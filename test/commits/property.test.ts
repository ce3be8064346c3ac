import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeCommit } from '../../src/commits/judge.ts'
import { printMessage } from '../../src/commits/message.ts'
import { defaultPolicy } from '../../src/commits/policy.ts'
import { Source } from '../../src/text/source.ts'
import { footersOf, read } from './read.ts'

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
const prose = fc
  .array(word, { minLength: 1, maxLength: 6 })
  .map(words => words.join(' '))
  .filter(text => !/^breaking/i.test(text))
const paragraph = fc.array(prose, { minLength: 1, maxLength: 3 }).map(lines => lines.join('\n'))
const footer = fc
  .tuple(
    fc.constantFrom('Refs', 'BREAKING-CHANGE', 'Signed-off-by'),
    fc.constantFrom(': ', ' #'),
    prose,
  )
  .map(([token, separator, value]) => token + (token.startsWith('B') ? ': ' : separator) + value)

const message = fc
  .record({
    type: word,
    scope: fc.option(word),
    bang: fc.boolean(),
    description: prose,
    body: fc.array(paragraph, { maxLength: 3 }),
    footers: fc.array(footer, { maxLength: 3 }),
  })
  .map(({ type, scope, bang, description, body, footers }) =>
    [
      `${type}${scope === null ? '' : `(${scope})`}${bang ? '!' : ''}: ${description}`,
      ...body,
      footers.join('\n'),
    ]
      .filter(Boolean)
      .join('\n\n'),
  )

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  message,
  fc
    .array(
      fc.constantFrom(
        'feat',
        '(',
        ')',
        '!',
        ':',
        ' ',
        '\n',
        '\r',
        '#',
        'BREAKING CHANGE',
        'a',
        '\u202e',
      ),
      { maxLength: 40 },
    )
    .map(parts => parts.join('')),
)

test('any text gives an answer whose places lie in the text', () => {
  fc.assert(
    fc.property(anything, text => {
      const { source, flaws, header, body, footers } = read(text)
      const values = footers.flatMap(one => [one.token, one.value])
      for (const { start, end } of [...flaws, header, ...(body ? [body] : []), ...values]) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThanOrEqual(start)
        expect(end).toBeLessThanOrEqual(source.text.length)
      }
    }),
    { numRuns: 800 },
  )
})

test('printing what was read reads the same', () => {
  fc.assert(
    fc.property(message, text => {
      expect(printMessage(read(text))).toBe(text)
    }),
    { numRuns: 300 },
  )
})

test('line breaks of any kind are the same message', () => {
  fc.assert(
    fc.property(anything, text => {
      const plain = text.replace(/\r\n?/g, '\n')
      for (const end of ['\r\n', '\r']) {
        const { flaws, type } = read(plain.replaceAll('\n', end))
        expect([flaws, type]).toEqual([read(plain).flaws, read(plain).type])
      }
    }),
  )
})

test('a further footer changes neither header nor body, a further line of body no header', () => {
  fc.assert(
    fc.property(message, footer, prose, (text, more, line) => {
      const before = read(text)
      const joint = before.footers.length > 0 ? '\n' : '\n\n'
      const after = read(text + joint + more)
      expect([after.header, after.type, after.scope, after.body?.text]).toEqual([
        before.header,
        before.type,
        before.scope,
        before.body?.text,
      ])
      expect(footersOf(text + joint + more)).toEqual([...footersOf(text), more])
      const longer = read(`${text}\n${line}`)
      expect([longer.type, longer.scope]).toEqual([before.type, before.scope])
    }),
  )
})

const UNITS = [
  'x',
  'a: b\n',
  'a: b\n\n',
  'BREAKING CHANGE: b\n',
  'breaking change\n',
  'breaking change ',
  '(',
  ' ',
  'a\n\n',
  '\u202e',
  '\u202ea',
  '!',
  '!: x',
  ' \n',
  '\n',
  '\r',
  '* ',
  'Refs #1\n\n',
  '👩‍👩‍👧',
]

/** Milliseconds of processor time. */
function spent(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

test('any text of a megabyte is read and judged in linear time', () => {
  const author = { name: 'Ada', email: 'ada@example.org', time: 0 }
  const commit = { sha: 'a'.repeat(40), parents: ['b'], author, committer: author }
  for (const unit of UNITS)
    for (const start of ['', 'feat', 'feat: x\n\n', 'Revert "']) {
      const text = start + unit.repeat(1e6 / unit.length)
      const ms = spent(() => {
        const message = new Source('', text)
        judgeCommit({ ...commit, message }, defaultPolicy, { method: 'rebase', isHead: true })
      })
      // Alone on a machine no case takes 50 ms; what is not linear takes minutes.
      expect(ms, JSON.stringify(start + unit)).toBeLessThan(500)
    }
})

test('a long text keeps its lines and characters whatever its line breaks are', () => {
  const unit = fc.constantFrom('\r', '\n', '\r\n', 'x', '\ud800', 'é', '日', '✨')
  fc.assert(
    fc.property(fc.array(unit, { minLength: 5, maxLength: 40 }), units => {
      const text = `feat: x\n\n${units.join('').repeat(2500)}`
      expect(read(text).source.text).toBe(text.replace(/\r\n?/g, '\n'))
    }),
    { numRuns: 40 },
  )
})
