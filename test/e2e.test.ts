import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { beforeAll, describe, expect, it } from 'vitest'
import { allCases } from './e2e/cases.ts'
import { foretellAll, judgeAll, type Judged, known } from './e2e/judged.ts'
import { agreed, agreementPage } from './e2e/page.ts'
import { readRecorded } from './e2e/recorded.ts'
import { sealFor } from './e2e/seal.ts'
import { makeSeal } from './secrets/seal.ts'

const PAGE = '.github/FLUX.md'

/** Replays what `npm run e2e` recorded: our verdicts of today against what the controllers said. */
describe('agreement with Flux', () => {
  let all: readonly Judged[] = []

  beforeAll(async () => {
    const key = await makeSeal()
    const { own, facts } = readRecorded()
    const groups = allCases(own)
    const foretold = await foretellAll(groups, sealFor(key), key.identity, tmpdir())
    all = judgeAll(groups, facts, foretold)
  }, 300_000)

  it('covers what it should', () => {
    const of = (group: string) => all.filter(one => one.group === group).length
    expect(all.length).toBeGreaterThanOrEqual(60)
    expect(of('valid')).toBeGreaterThanOrEqual(20)
    expect(of('mutations of this repository')).toBeGreaterThanOrEqual(18)
    const down = all.filter(one => !one.row.ready).length
    expect(down / all.length).toBeGreaterThanOrEqual(0.4)
  })

  it('holds for 97 % of the repositories, and every miss has its reason', () => {
    const missed = all.filter(one => !one.row.agrees)
    const differences = missed.flatMap(({ row }) => row.differences)
    const names = missed.map(({ row }) => row.name)
    expect(names.sort(), differences.join('\n')).toEqual(known('flux').sort())
    expect(agreed(all) / all.length).toBeGreaterThanOrEqual(0.97)
  })

  it('holds for every field that a controller owns', () => {
    const wrong = all.filter(one => one.unforeseen.length > 0)
    const names = wrong.map(({ row }) => row.name)
    const differences = wrong.flatMap(one => one.unforeseen)
    expect(names.sort(), differences.join('\n')).toEqual(known('flux-build').sort())
  })

  it(`is what ${PAGE} says (\`npm run update\` rewrites it)`, () => {
    const page = agreementPage(all)
    if (process.env['UPDATE']) writeFileSync(PAGE, page)
    expect(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '').toBe(page)
  })
})
