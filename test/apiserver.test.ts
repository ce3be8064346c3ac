import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Case, readCases, readFlips } from './apiserver/cases.ts'
import { judgeCase, schemasOf } from './apiserver/judge.ts'
import { type Others, renderPage } from './apiserver/page.ts'
import { type Row, score, structural, type Verdict } from './apiserver/score.ts'

/** The least that each class may reach, in percent; `UPDATE=1` raises what has become better. */
const file = join(import.meta.dirname, 'data/apiserver/ratchet.json')

const page = join(import.meta.dirname, '../.github/AGREEMENT.md')
const kubeconform = join(import.meta.dirname, 'data/apiserver/kubeconform.json')

interface Least {
  readonly agree: number
  readonly covered: number
}

function readLeast(): Record<string, Least> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

const percent = (part: number, whole: number): number =>
  whole === 0 ? 100 : Math.floor((10_000 * part) / whole) / 100

function figures(rows: Map<string, Row>): Record<string, Least> {
  return Object.fromEntries(
    [...rows.values()].map(row => [
      row.name,
      { agree: percent(row.agree, row.cases), covered: percent(row.covered, row.named) },
    ]),
  )
}

function raise(least: Record<string, Least>, now: Record<string, Least>): void {
  const best = Object.entries(now).map(([name, { agree, covered }]) => {
    const before = least[name] ?? { agree: 0, covered: 0 }
    const kept = {
      agree: Math.max(agree, before.agree),
      covered: Math.max(covered, before.covered),
    }
    return [name, kept] as const
  })
  const sorted = best.sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
}

describe('what the API server answered', () => {
  const cases = readCases()
  const schemas = schemasOf('1.36')
  const verdicts = new Map(cases.map(one => [one.id, judgeCase(one, schemas)]))
  const rows = score(cases, one => verdicts.get(one.id) ?? judgeCase(one, schemas))
  for (const minor of ['1.34', '1.33']) {
    const older = schemasOf(minor)
    const flips = score(readFlips(minor), one => judgeCase(one, older)).get('all')
    if (flips !== undefined) rows.set(minor, { ...flips, name: `as on ${minor}` })
  }
  const now = figures(rows)

  it('is what we say, and never less often than before', () => {
    const least = readLeast()
    if (process.env['UPDATE'] !== undefined) raise(least, now)
    const worse = Object.entries(least).filter(([name, { agree, covered }]) => {
      const figure = now[name] ?? { agree: 0, covered: 0 }
      return figure.agree < agree || figure.covered < covered
    })
    expect(worse.map(([name, before]) => ({ name, before, now: now[name] }))).toEqual([])
  })

  it('is on the page', () => {
    const judge = (one: Case): Verdict => verdicts.get(one.id) ?? judgeCase(one, schemas)
    const kinds = score(cases, judge, one => one.kind)
    kinds.delete('all')
    const others: Others = JSON.parse(readFileSync(kubeconform, 'utf8'))
    const all = [...rows.values()]
    const isVersion = (row: Row): boolean => row.name.startsWith('as on ')
    const text = renderPage(
      all.filter(row => !isVersion(row)),
      all.filter(isVersion),
      [...kinds.values()],
      others,
    )
    if (process.env['UPDATE'] !== undefined) writeFileSync(page, text)
    expect(readFileSync(page, 'utf8')).toBe(text)
  })

  it('is no rejection where we reject', () => {
    expect(rows.get('all')?.falseRejects).toEqual([])
  })

  it('has every structural class', () => {
    expect(structural.filter(name => !rows.has(name))).toEqual([])
  })
})
