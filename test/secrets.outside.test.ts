import { describe, expect, it } from 'vitest'
import { judgeLeaks } from '../src/gate/leaks.ts'
import { type Diagnostic, isAtLeast } from '../src/text/diagnostic.ts'
import { defaultConfig } from '../src/tree/config.ts'
import { memoryTree } from '../src/tree/memory.ts'
import { readCases } from './secrets/outside/read.ts'

const SEEDS = Array.from({ length: Number(process.env['CORPUS_SEEDS'] ?? 4) }, (_, i) => i + 1)

function judge(files: Readonly<Record<string, string>>): readonly Diagnostic[] {
  const tree = memoryTree(files)
  const verdict = judgeLeaks({ tree, config: defaultConfig, today: '2026-06-01' }, () => 0)
  expect(verdict.incomplete).toBeUndefined()
  return verdict.diagnostics
}

describe('a credential in any kind of file is caught', () => {
  it.each(readCases('leaks.txt').map(one => [one.id, one] as const))('%s', (...[, one]) => {
    for (const seed of SEEDS)
      expect(
        judge(one.fill(seed)).map(({ level }) => level),
        `seed ${seed}`,
      ).toContain('error')
  })
})

describe('nothing is reported of what only speaks of credentials', () => {
  it.each(readCases('clean.txt').map(one => [one.id, one] as const))('%s', (...[, one]) => {
    for (const seed of SEEDS)
      expect(
        judge(one.fill(seed))
          .filter(({ level }) => isAtLeast(level, 'warning'))
          .map(({ code, message }) => `${code} ${message}`),
        `seed ${seed}`,
      ).toEqual([])
  })
})
