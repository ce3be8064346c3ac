import { expect, it } from 'vitest'
import { disagreement } from './agreement.ts'
import { readRecorded } from './recorded.ts'

it.each(['expand', 'ignore', 'build'] as const)('%s: as Flux has answered', op => {
  const all = readRecorded(op)
  expect(all.length).toBeGreaterThanOrEqual(200)
  expect(all.flatMap(([question, answer]) => disagreement(question, answer) ?? [])).toEqual([])
})
