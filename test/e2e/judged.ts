import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { memoryTree } from '../../src/tree/memory.ts'
import { deviations } from '../deviations.ts'
import { compare, type Row } from './agreement.ts'
import type { Case, Seal } from './cases/case.ts'
import type { CaseFacts } from './facts.ts'
import { compareApplied, predictIn, type Predicted } from './prediction.ts'
import { asMemory, judgeCase, type Verdict } from './verdict.ts'

/** One repository: what Flux and we say, and how what we foretold differs from what was applied. */
export interface Judged {
  readonly group: string
  readonly row: Row
  /** Kustomizations that were compared field by field, and their objects. */
  readonly compared: { readonly kustomizations: number; readonly objects: number }
  readonly unforeseen: readonly string[]
}

/** What we say of one repository before anybody asks a cluster. */
export interface Foretold {
  readonly verdict: Verdict
  readonly predicted: readonly Predicted[]
}

/** Judges all repositories and foretells what is applied; leaves room for others in between. */
export async function foretellAll(
  groups: ReadonlyMap<string, readonly Case[]>,
  seal: Seal,
  identity: string,
  folder: string,
): Promise<ReadonlyMap<string, Foretold>> {
  const found = new Map<string, Foretold>()
  const place = mkdtempSync(join(folder, 'fluxgate-e2e-foretell-'))
  const file = join(place, 'age.agekey')
  writeFileSync(file, `${identity}\n`, { mode: 0o600 })
  try {
    for (const one of [...groups.values()].flat()) {
      const verdict = judgeCase(one, seal)
      await setImmediate()
      const predicted = await predictIn(memoryTree(asMemory(one.files(seal))), file)
      await setImmediate()
      found.set(one.name, { verdict, predicted })
    }
    return found
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** Compares what we said of the repositories with what a cluster said of them. */
export function judgeAll(
  groups: ReadonlyMap<string, readonly Case[]>,
  facts: readonly CaseFacts[],
  foretold: ReadonlyMap<string, Foretold>,
): Judged[] {
  const byName = new Map(facts.map(one => [one.name, one]))
  const all: Judged[] = []
  for (const [group, cases] of groups)
    for (const one of cases) {
      const [said, ours] = [byName.get(one.name), foretold.get(one.name)]
      if (!said || !ours) throw new Error(`${one.name} was never applied: record it`)
      all.push({ group, row: compare(one, said, ours.verdict), ...foresee(said, ours) })
    }
  return all
}

/** What `build --flux` foretold of the Kustomizations that are ready and without an error of ours. */
function foresee(
  { facts, applied }: CaseFacts,
  { verdict, predicted }: Foretold,
): Pick<Judged, 'compared' | 'unforeseen'> {
  const blamed = new Set(verdict.errors.flatMap(({ subjects }) => subjects))
  const ready = new Set(
    facts
      .filter(fact => fact.kind === 'Kustomization' && fact.ready === 'True')
      .map(fact => `${fact.namespace}/${fact.name}`)
      .filter(name => !blamed.has(`Kustomization ${name}`)),
  )
  const unforeseen: string[] = []
  let [kustomizations, objects] = [0, 0]
  for (const { by, objects: ours } of predicted) {
    if (!ready.has(by)) continue
    const theirs = applied.filter(each => each.by === by)
    kustomizations++
    objects += theirs.length
    const found = ours ? compareApplied(ours, theirs) : ['foretold to be refused']
    unforeseen.push(...found.map(difference => `${by}: ${difference}`))
  }
  return { compared: { kustomizations, objects }, unforeseen }
}

/** The known misses: case names under the tools `flux` (verdict) and `flux-build` (fields). */
export function known(tool: 'flux' | 'flux-build'): string[] {
  return deviations.filter(one => one.tool === tool).map(one => one.id)
}
