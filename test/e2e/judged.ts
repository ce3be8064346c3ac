import { deviations } from '../deviations.ts'
import { compare, type Row } from './agreement.ts'
import type { Case, Seal } from './cases/case.ts'
import type { CaseFacts } from './facts.ts'
import { compareApplied, predict } from './prediction.ts'
import { judgeCase } from './verdict.ts'

/** One repository: what Flux and we say, and how what we foretold differs from what was applied. */
export interface Judged {
  readonly group: string
  readonly row: Row
  /** Kustomizations that were compared field by field, and their objects. */
  readonly compared: { readonly kustomizations: number; readonly objects: number }
  readonly unforeseen: readonly string[]
}

/** Judges the repositories and compares with what a cluster said of them. */
export async function judgeAll(
  groups: ReadonlyMap<string, readonly Case[]>,
  facts: readonly CaseFacts[],
  seal: Seal,
  identity: string,
): Promise<Judged[]> {
  const byName = new Map(facts.map(one => [one.name, one]))
  const all: Judged[] = []
  for (const [group, cases] of groups)
    for (const one of cases) {
      const said = byName.get(one.name)
      if (said === undefined) throw new Error(`${one.name} was never applied: record it`)
      const verdict = judgeCase(one, seal)
      const row = compare(one, said, verdict)
      const blamed = new Set(verdict.errors.flatMap(({ subjects }) => subjects))
      const foretold = await foresee(one, said, blamed, seal, identity)
      all.push({ group, row, ...foretold })
    }
  return all
}

/** What `build --flux` foretold of the Kustomizations that are ready and without an error of ours. */
async function foresee(
  one: Case,
  { facts, applied }: CaseFacts,
  blamed: ReadonlySet<string>,
  seal: Seal,
  identity: string,
): Promise<Pick<Judged, 'compared' | 'unforeseen'>> {
  const ready = new Set(
    facts
      .filter(fact => fact.kind === 'Kustomization' && fact.ready === 'True')
      .map(fact => `${fact.namespace}/${fact.name}`)
      .filter(name => !blamed.has(`Kustomization ${name}`)),
  )
  const unforeseen: string[] = []
  let [kustomizations, objects] = [0, 0]
  if (ready.size === 0) return { compared: { kustomizations, objects }, unforeseen }
  for (const { by, objects: ours } of await predict(one.files(seal), identity)) {
    if (!ready.has(by)) continue
    const theirs = applied.filter(each => `${one.name}/${each.by}` === by)
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
