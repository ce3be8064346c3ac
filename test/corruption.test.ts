import { describe, expect, it } from 'vitest'
import { readCases } from './apiserver/cases.ts'
import { schemasOf } from './apiserver/judge.ts'
import { validateFiles } from '../src/gate/validate/run.ts'
import { verdictOf } from '../src/gate/validate/verdict.ts'

/** A small generator of numbers that says the same every time. */
function random(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const options = {
  schemas: new Map([['1.36', schemasOf('1.36')]]),
  ignoreMissing: false,
  strictKeys: true,
}

describe('corrupted manifests', () => {
  const seeds = readCases().filter(one => one.op === 'seed' && one.ssa.code === 201)
  const next = random(11)

  it('are judged whatever their bytes', () => {
    for (let i = 0; i < 1000; i++) {
      const seed = seeds[next(seeds.length)]
      const bytes = Buffer.from(JSON.stringify(seed?.object, null, 1))
      const at = next(bytes.length)
      if (next(3) === 0) bytes[at] = next(256)
      else bytes.write('{}[]:,"\'-# \n\t&*!|>%@`'[next(20)] ?? ' ', at)
      const { documents, verdict } = verdictOf(validateFiles([{ path: 'a.yaml', bytes }], options))
      expect(verdict.incomplete).toBeUndefined()
      const lines = bytes.toString('utf8').split('\n').length
      for (const { line, diagnostics } of documents) {
        expect(line).toBeLessThanOrEqual(lines)
        for (const one of diagnostics) expect(one.at.start).toBeLessThanOrEqual(one.at.end)
      }
    }
  })
})
