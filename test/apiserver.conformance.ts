import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBundle } from '../src/schema/bundle.ts'
import { nodeOf } from '../src/yaml/make.ts'
import { isAccepted, readCases } from './apiserver/cases.ts'
import { judgeRoot, schemasOf } from './apiserver/judge.ts'
import { dice, Mutator, type Value } from './apiserver/mutate.ts'
import { ApiServer, isBuilt } from './apiserver/server.ts'

const COUNT = Number(process.env['FLUXGATE_MUTANTS'] ?? 2000)
const SEED = Number(process.env['FLUXGATE_SEED'] ?? 36)
/** What only a cluster's own settings decide: its service range, its address families. */
const CLUSTER =
  /not configured (on this cluster|for dual-stack)|is not configured on this|failed to allocate IP/

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

function entryOf(object: unknown) {
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')]
  return bundle.kinds.find(
    one =>
      one.kind === kind &&
      (one.group === '' ? one.version : `${one.group}/${one.version}`) === apiVersion,
  )
}

/** Manifests that the server takes as they stand. */
function seeds(): Value[] {
  return readCases()
    .filter(one => one.op === 'seed' && one.object !== undefined && isAccepted(one.ssa))
    .map((one): Value => JSON.parse(JSON.stringify(one.object)))
    .filter(one => entryOf(one) !== undefined)
}

describe.skipIf(!isBuilt())('fresh mutants, judged by us and by a real kube-apiserver', () => {
  const server = new ApiServer()
  beforeAll(() => server.start())
  afterAll(() => server.stop())

  it(`agree on ${COUNT} of them`, async () => {
    const schemas = schemasOf('1.36')
    const [mutator, roll, from] = [new Mutator(bundle, SEED), dice(SEED), seeds()]
    const disagreements: string[] = []
    let [judged, accepted, falseRejects, silent] = [0, 0, 0, 0]
    while (judged < COUNT) {
      const seed = from[roll(from.length)] ?? null
      const entry = entryOf(seed)
      if (entry === undefined) continue
      const { mutant, at } = mutator.mutate(seed, entry.type)
      const name = textAt(mutant, 'metadata', 'name')
      const root = nodeOf(mutant)
      if (name === '' || root.kind !== 'map') continue
      const namespace = textAt(mutant, 'metadata', 'namespace') || 'default'
      // Of some mutants the server panics, and says nothing.
      const answer = await server.apply(mutant, entry, name, namespace).catch(() => undefined)
      if (answer === undefined) {
        expect(++silent).toBeLessThan(COUNT / 200)
        continue
      }
      judged++
      const [theirs, ours] = [isAccepted(answer), judgeRoot(root, schemas)]
      if (theirs) accepted++
      if (theirs && !ours.accept) falseRejects++
      const known = CLUSTER.test(JSON.stringify(answer.causes ?? ''))
      if (theirs !== ours.accept && !known)
        disagreements.push(
          `${entry.kind} ${at}: ${answer.message ?? answer.code} | ${ours.paths.join()}`,
        )
    }
    console.log(`${judged} mutants, ${accepted} accepted, ${disagreements.length} disagreements`)
    for (const one of disagreements) console.log(one)
    expect(disagreements.slice(0, Math.ceil(judged * 0.01))).toEqual(disagreements)
    expect(falseRejects / accepted).toBeLessThan(0.002)
  })
})
