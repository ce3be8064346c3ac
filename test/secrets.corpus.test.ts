import { describe, expect, it } from 'vitest'
import { judgeLeaks } from '../src/gate/leaks.ts'
import { type Diagnostic, isAtLeast } from '../src/text/diagnostic.ts'
import { defaultConfig } from '../src/tree/config.ts'
import { memoryTree } from '../src/tree/memory.ts'
import { applications } from './secrets/corpus/applications.ts'
import { clean } from './secrets/corpus/clean.ts'
import { envelopes } from './secrets/corpus/envelopes.ts'
import { keys } from './secrets/corpus/keys.ts'
import { kubernetes } from './secrets/corpus/kubernetes.ts'
import { kustomize } from './secrets/corpus/kustomize.ts'
import { type Files, world } from './secrets/corpus/world.ts'

const SEEDS = Array.from({ length: Number(process.env['CORPUS_SEEDS'] ?? 4) }, (_, i) => i + 1)

function judge(files: Files): readonly Diagnostic[] {
  const tree = memoryTree(files)
  const verdict = judgeLeaks({ tree, config: defaultConfig, today: '2026-06-01' }, () => 0)
  expect(verdict.incomplete).toBeUndefined()
  return verdict.diagnostics
}

const leaks = { kubernetes, envelopes, kustomize, applications, keys }

describe.each(Object.entries(leaks))('every leak of %s is caught', (_, families) => {
  it.each(families.map(family => [`${family.id} ${family.what}`, family] as const))(
    '%s',
    (...[, family]) => {
      for (const seed of SEEDS) {
        const found = judge(family.make(world(seed)))
        expect(
          found.map(one => one.level),
          `seed ${seed}`,
        ).toContain('error')
      }
    },
  )
})

describe('nothing in healthy files is reported', () => {
  it.each(clean.map(family => [`${family.id} ${family.what}`, family] as const))(
    '%s',
    (...[, family]) => {
      for (const seed of SEEDS) {
        const found = judge(family.make(world(seed))).filter(one => isAtLeast(one.level, 'warning'))
        expect(
          found.map(one => `${one.code} ${one.at.source.path} ${one.message}`),
          `seed ${seed}`,
        ).toEqual([])
      }
    },
  )
})
