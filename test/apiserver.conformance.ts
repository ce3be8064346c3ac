import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { type KindEntry, readBundle } from '../src/schema/bundle.ts'
import { nodeOf } from '../src/yaml/make.ts'
import { type Answer, isAccepted } from './apiserver/cases.ts'
import { entryOf, freshCases, recordedSeeds } from './apiserver/fresh.ts'
import { judgeRoot, schemasOf } from './apiserver/judge.ts'
import { dice, Mutator, type Value } from './apiserver/mutate.ts'
import { ApiServer, isBuilt } from './apiserver/server.ts'
import type { Verdict } from './apiserver/score.ts'
import { fluxCrds } from './e2e/crds.ts'

const COUNT = Number(process.env['FLUXGATE_MUTANTS'] ?? 2000)
const SEED = Number(process.env['FLUXGATE_SEED'] ?? 36)
/** What only a cluster's own settings decide: its service range, its address families. */
const CLUSTER =
  /not configured (on this cluster|for dual-stack)|is not configured on this|failed to allocate IP|estimated \w+ cost|could not retrieve namespace/

const bundle = readBundle(
  readFileSync(join(import.meta.dirname, '../schemas/kubernetes-1.36.json'), 'utf8'),
)

function textAt(value: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined,
    value,
  )
  return typeof found === 'string' ? found : ''
}

const flux = readBundle(readFileSync(join(import.meta.dirname, '../schemas/flux-2.9.json'), 'utf8'))

/** Where both were asked, and what came of it. */
class Tally {
  readonly disagreements: string[] = []
  judged = 0
  accepted = 0
  falseRejects = 0

  count(what: string, answer: Answer, ours: Verdict): void {
    const theirs = isAccepted(answer)
    this.judged++
    if (theirs) this.accepted++
    if (theirs && !ours.accept) this.falseRejects++
    const known = CLUSTER.test(JSON.stringify(answer.causes ?? answer.message ?? ''))
    if (theirs !== ours.accept && !known)
      this.disagreements.push(`${what}: ${answer.message ?? answer.code} | ${ours.paths.join()}`)
  }

  expectAgreement(share: number): void {
    const { judged, accepted, falseRejects, disagreements } = this
    console.log(`${judged} mutants, ${accepted} accepted, ${disagreements.length} disagreements`)
    for (const one of disagreements) console.log(one)
    expect(disagreements.slice(0, Math.ceil(judged * share))).toEqual(disagreements)
    expect(falseRejects / accepted).toBeLessThan(0.002)
  }
}

describe.skipIf(!isBuilt())('fresh mutants, judged by us and by a real kube-apiserver', () => {
  const server = new ApiServer()
  beforeAll(async () => {
    await server.start()
    for (const crd of fluxCrds().map(text => parseDocument(text)))
      await server.install(crd, String(crd.getIn(['metadata', 'name'])))
  }, 120_000)
  afterAll(() => server.stop())

  const schemas = schemasOf('1.36')

  /** Both verdicts on a manifest; undefined where the server panics, or where it has no address. */
  async function ask(
    object: Value,
    entry: KindEntry,
    what: string,
    tally: Tally,
  ): Promise<boolean> {
    const name = textAt(object, 'metadata', 'name')
    const root = nodeOf(object)
    if (name === '' || root.kind !== 'map') return true
    const namespace = textAt(object, 'metadata', 'namespace') || 'default'
    const answer = await server.apply(object, entry, name, namespace).catch(() => undefined)
    if (answer !== undefined) tally.count(what, answer, judgeRoot(root, schemas))
    return answer !== undefined
  }

  it(`agree on ${COUNT} of them`, async () => {
    const [mutator, roll, from] = [new Mutator(bundle, SEED), dice(SEED), recordedSeeds()]
    const tally = new Tally()
    let silent = 0
    while (tally.judged < COUNT) {
      const seed = from[roll(from.length)]?.object ?? null
      const entry = entryOf(seed, [bundle])
      if (entry === undefined) continue
      const { mutant, at } = mutator.mutate(seed, entry.type)
      if (!(await ask(mutant, entry, `${entry.kind} ${at}`, tally)))
        expect(++silent).toBeLessThan(COUNT / 200)
    }
    tally.expectAgreement(0.005)
  })

  it(`agree on ${COUNT} hostile values in fields of every kind`, async () => {
    const tally = new Tally()
    const served = [bundle, flux].map(one => ({
      ...one,
      kinds: one.kinds.filter(({ group }) => !group.startsWith('image.')),
    }))
    for (const { object, entry, op, at } of freshCases(served, COUNT, SEED))
      await ask(object, entry, `${entry.kind} ${at} ${op}`, tally)
    tally.expectAgreement(0.005)
  })
})
