import { expect, it } from 'vitest'
import { readFresh } from './apiserver/cases.ts'
import { judgeCase, schemasOf } from './apiserver/judge.ts'
import { score } from './apiserver/score.ts'

/** What cost estimates of expressions, and a cluster's own state, make of a manifest is not known to us. */
const MOST = { falseAccepts: 2, falseRejects: 0, uncovered: 24 }

it('agrees with the recorded answers to hostile values in fields and kinds of our own choice', () => {
  const schemas = schemasOf('1.36')
  const rows = score(readFresh(), one => judgeCase(one, schemas))
  const all = rows.get('all')
  expect(all?.cases).toBeGreaterThan(5000)
  expect(all?.falseRejects).toHaveLength(MOST.falseRejects)
  expect(all?.falseAccepts.length).toBeLessThanOrEqual(MOST.falseAccepts)
  expect(all?.uncovered.length).toBeLessThanOrEqual(MOST.uncovered)
})
