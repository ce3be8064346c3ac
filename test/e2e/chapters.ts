import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseFacts } from './facts.ts'
import { askAgain, runCases } from './live.ts'
import type { Case, Seal } from './cases/case.ts'
import { allCases } from './cases.ts'
import type { Cluster } from './cluster.ts'
import { compareDryRuns } from './dryrun.ts'
import { foretellAll, judgeAll, type Judged, known } from './judged.ts'
import { agreed, agreementPage, percent } from './page.ts'
import { compareApplied, predict } from './prediction.ts'
import { ownedBy } from './reading.ts'
import { portable, writeRecorded } from './recorded.ts'
import { expect, type Steps } from './steps.ts'
import type { Story } from './story.ts'
import { encrypt, ownFiles } from './tree.ts'
import type { World } from './world.ts'

/** What `build --flux` foretells of this repository, against what the controllers own; and the server's own word. */
export async function predictions(world: World, cluster: Cluster, story: Story, steps: Steps) {
  const foretold = await predict(story.deployed, world.identity, world.folder)
  await steps.run('what the controllers own is what was foretold, field by field', async () => {
    let objects = 0
    const differences: string[] = []
    for (const { by, objects: ours } of foretold) {
      const applied = await ownedBy(cluster, by)
      objects += applied.length
      differences.push(...compareApplied(ours ?? [], applied).map(one => `${by}: ${one}`))
    }
    expect(foretold.length === 4, `${foretold.length} Kustomizations were foretold`)
    expect(differences.length === 0, differences.join('\n'))
    return `${foretold.length} Kustomizations, ${objects} objects, 0 differing fields`
  })
  await steps.run('the API server and `validate` say the same of manifests', async () => {
    const objects = foretold.flatMap(one => one.objects ?? [])
    const folder = join(world.folder, 'dry-run')
    const { count, refused, differences } = await compareDryRuns(cluster.api, objects, folder)
    expect(differences.length === 0, differences.join('\n'))
    return `${count} manifests, ${refused} refused`
  })
}

export interface Wanted {
  readonly isRecording: boolean
  /** Names of small repositories; all of them where it is not given. */
  readonly only: readonly string[] | undefined
}

function chosen(groups: ReadonlyMap<string, readonly Case[]>, only: Wanted['only']) {
  if (only === undefined) return groups
  return new Map(
    [...groups].map(([group, cases]) => [group, cases.filter(one => only.includes(one.name))]),
  )
}

/** The small repositories, all in one cluster, judged while it works. */
export async function agreement(
  world: World,
  cluster: Cluster,
  steps: Steps,
  { isRecording, only }: Wanted,
) {
  const own = ownFiles()
  const groups = chosen(allCases(own), only)
  const cases = [...groups.values()].flat()
  const seal = remember(sealWith(world))
  let facts: readonly CaseFacts[] = []
  let all: readonly Judged[] = []
  await steps.run('the small repositories are applied and judged', async () => {
    const [said, foretold] = await Promise.all([
      runCases(cluster, world, cases, seal),
      foretellAll(groups, seal, world.identity, world.folder),
    ])
    const read = (one: CaseFacts) => portable(one, world.git.url, world.helm.url)
    facts = said.map(read)
    all = judgeAll(groups, facts, foretold)
    const again = new Set<string>()
    for (let tries = 0; tries < 2 && doubtful(all).size > 0; tries++) {
      const names = doubtful(all)
      for (const name of names) again.add(name)
      const told = cases.filter(one => names.has(one.name))
      const news = (await askAgain(cluster, told)).map(read)
      facts = facts.map(one => news.find(({ name }) => name === one.name) ?? one)
      all = judgeAll(groups, facts, foretold)
    }
    return `${all.length}, asked again: ${[...again].join(', ') || 'none'}`
  })
  keep(facts, all)
  if (isRecording && only === undefined) writeRecorded({ own, facts })
  await compareAll(all, steps)
}

/** Repositories of which both say something else, and nobody knows why. */
function doubtful(all: readonly Judged[]): ReadonlySet<string> {
  const [verdicts, fields] = [new Set(known('flux')), new Set(known('flux-build'))]
  const found = all.filter(
    ({ row, unforeseen }) =>
      (!row.agrees && !verdicts.has(row.name)) || (unforeseen.length > 0 && !fields.has(row.name)),
  )
  return new Set(found.map(({ row }) => row.name))
}

/** Writes what was said and the page of it, where E2E_REPORT names a folder. */
function keep(facts: readonly CaseFacts[], all: readonly Judged[]): void {
  const report = process.env['E2E_REPORT']
  if (!report) return
  mkdirSync(report, { recursive: true })
  writeFileSync(join(report, 'facts.json'), JSON.stringify(facts, null, 1))
  writeFileSync(join(report, 'agreement.md'), agreementPage(all))
}

async function compareAll(all: readonly Judged[], steps: Steps): Promise<void> {
  await steps.run('Flux and the gate agree', () => {
    const missed = all.filter(one => !one.row.agrees)
    const allowed = new Set(known('flux'))
    const unknown = missed.filter(one => !allowed.has(one.row.name))
    const told = unknown.flatMap(({ row }) => [`${row.name}: ${row.flux}`, ...row.differences])
    expect(unknown.length === 0, told.join('\n'))
    const share = agreed(all) / all.length
    expect(share >= 0.97, `${percent(agreed(all), all.length)} is less than 97 %`)
    const names = missed.map(({ row }) => row.name).join(', ')
    return `${agreed(all)} of ${all.length}, ${percent(agreed(all), all.length)}; not ${names}`
  })
  await steps.run('what the small repositories applied is what was foretold', () => {
    const allowed = new Set(known('flux-build'))
    const wrong = all.filter(one => one.unforeseen.length > 0 && !allowed.has(one.row.name))
    expect(wrong.length === 0, wrong.flatMap(one => one.unforeseen).join('\n'))
    return `${all.reduce((sum, one) => sum + one.compared.objects, 0)} objects`
  })
}

function sealWith({ recipient, folder }: World): Seal {
  const rules = `creation_rules: [{ encrypted_regex: ^(data|stringData|token|WORD)$, age: ${recipient} }]\n`
  return (text, path) => encrypt(text, path, rules, folder)
}

/** Encrypts each text once, so that what was applied and what is judged are the same. */
function remember(seal: Seal): Seal {
  const sealed = new Map<string, string>()
  return (text, path) => {
    const key = `${path}\0${text}`
    const found = sealed.get(key) ?? seal(text, path)
    sealed.set(key, found)
    return found
  }
}
