import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { type Bundle, isRecord, type KindEntry, readText } from '../../src/schema/bundle.ts'
import { isAccepted, readCases } from './cases.ts'
import { HostileValues } from './hostile.ts'
import { dice, type Value } from './mutate.ts'

const folder = join(import.meta.dirname, 'seeds')

export interface Seed {
  readonly name: string
  readonly object: Value
}

/** Manifests with every field and every kind that we could think of. */
export function richSeeds(): Seed[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap(file =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((one, i) => ({
        name: `${file}#${i}`,
        object: JSON.parse(JSON.stringify(one)),
      })),
    )
    .filter(one => one.object !== null)
}

/** The manifests of the recorded corpus that the server takes as they stand. */
export function recordedSeeds(): Seed[] {
  return readCases()
    .filter(one => one.op === 'seed' && one.object !== undefined && isAccepted(one.ssa))
    .map(one => ({ name: `${one.kind} ${one.id}`, object: JSON.parse(JSON.stringify(one.object)) }))
}

export function entryOf(object: Value, bundles: readonly Bundle[]): KindEntry | undefined {
  if (!isRecord(object)) return undefined
  const [apiVersion, kind] = [readText(object, 'apiVersion'), readText(object, 'kind')]
  const isIt = (one: KindEntry) =>
    one.kind === kind &&
    (one.group === '' ? one.version : `${one.group}/${one.version}`) === apiVersion
  return bundles.flatMap(bundle => bundle.kinds).find(isIt)
}

export interface Fresh {
  readonly seed: string
  readonly op: string
  readonly at: string
  readonly object: Value
  readonly entry: KindEntry
}

const POD = /^(?:spec\.template\.spec|spec\.jobTemplate\.spec\.template\.spec|template\.spec)\./

/** So many of all hostile values in all places, each place and value once. */
export function freshCases(bundles: readonly Bundle[], count: number, seed: number): Fresh[] {
  const roll = dice(seed)
  const seen = new Set<string>()
  const chosen: { readonly weight: number; readonly one: Fresh }[] = []
  let limit = 1e9
  for (const { name, object } of [...richSeeds(), ...recordedSeeds()]) {
    const entry = entryOf(object, bundles)
    const bundle = bundles.find(one => entry !== undefined && one.kinds.includes(entry))
    if (entry === undefined || bundle === undefined) continue
    for (const { op, at, object: made } of new HostileValues(bundle).of(object, entry.type)) {
      const place = POD.test(at) ? at.replace(POD, 'pod ') : `${entry.kind} ${at}`
      if (seen.has(`${place} ${op}`)) continue
      seen.add(`${place} ${op}`)
      const weight = roll(1e9)
      if (weight < limit) chosen.push({ weight, one: { seed: name, op, at, object: made, entry } })
      if (chosen.length < 2 * count) continue
      chosen.sort((a, b) => a.weight - b.weight)
      chosen.length = count
      limit = chosen.at(-1)?.weight ?? limit
    }
  }
  return chosen
    .toSorted((a, b) => a.weight - b.weight)
    .slice(0, count)
    .map(({ one }) => one)
}
