import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { expand } from '../../src/flux/expand.ts'
import { askFlux, decodeText } from './referee.ts'
import { texts, VARIABLES } from './texts.ts'

const RUNS = Number(process.env['FLUXGATE_RUNS'] ?? 20_000)

test('random texts expand as in Flux', () => {
  const samples = fc.sample(fc.tuple(texts, fc.boolean()), RUNS)
  const answers = askFlux(
    samples.map(([text, strict]) => ({ op: 'expand', text, vars: VARIABLES, strict })),
  )
  const lookup = new Map(Object.entries(VARIABLES))
  const wrong: unknown[] = []
  for (const [i, [text, strict]] of samples.entries()) {
    const answer = answers[i]
    const ours = expand(text, name => lookup.get(name), strict)
    const expected = answer?.error ?? decodeText(answer?.text) ?? 'yaml: invalid UTF-8'
    const got = ours.refusals[0]?.message ?? ours.text
    if (got !== expected && !(answer?.stage === 'panic' && got === 'slice bounds out of range'))
      wrong.push({ text, strict, expected, got })
  }
  expect(wrong.slice(0, 5)).toEqual([])
})
