import type { Builder, CreateBuilder } from '../kustomize/build.ts'
import type { DataKeys } from '../secrets/datakeys.ts'
import type { Config } from '../tree/config.ts'
import type { KubeObject } from '../kube/object.ts'
import type { Tree } from '../tree/tree.ts'
import { isWithin, type Artifact } from './artifact.ts'
import { type ClusterRun, runCluster, type Surroundings } from './cluster.ts'
import { bootstraps, configuredEntries, type Entry, looseEntries, selfStarters } from './entries.ts'
import { Files } from './files.ts'
import { instanceObjects } from './instance.ts'
import { isKustomization } from './kinds.ts'
import type { Model, Skipped } from './model.ts'
import { isInstance, scan, type Written } from './scan.ts'
import { Sources } from './sources.ts'
import { judgeRuns } from './judge.ts'

/**
 * What Flux would make of a tree, from every entry point under `scope` (`''` = all). `charts` holds
 * packed charts as `NAME-VERSION.tgz` and repository indexes as `NAMESPACE/NAME/index.yaml`; with `keys`
 * encrypted values are decrypted where Flux does it, without them they are made up.
 */
export function buildModel(
  tree: Tree,
  config: Config,
  scope: string,
  createBuilder: CreateBuilder,
  charts?: Tree,
  keys?: DataKeys,
): Model {
  const files = new Files(tree)
  const written = scan(tree, files).filter(one => isWithin(one.path, scope))
  const { runs, aside } = runAll(written, config, {
    files,
    config,
    sources: new Sources(tree, config, [...written, ...started(written)]),
    builderFor: buildersFor(createBuilder),
    keys,
  })
  const judged = judgeRuns(runs, config, files, charts)
  const clusters = runs.map(run => run.cluster)
  const place = scope === '' ? 'the repository' : scope
  return {
    entryPoints: clusters.map(cluster => cluster.name),
    clusters,
    kustomizations: clusters.flatMap(cluster => cluster.kustomizations),
    findings: judged.findings,
    keys,
    skipped: distinct([...judged.skipped, ...aside]),
    incomplete:
      clusters.length > 0
        ? undefined
        : `no Flux entry point under ${place}: no gotk-sync.yaml, no FluxInstance, no Kustomization of kustomize.toolkit.fluxcd.io; name one with --entry PATH, or with entryPoints in .github/fluxgate.yaml`,
  }
}

/** The Kustomizations that FluxInstances make: their paths tell where artifacts begin, too. */
function started(written: readonly Written[]): Written[] {
  return written
    .filter(one => isInstance(one.object))
    .flatMap(({ path, object }) => {
      const made = instanceObjects(object)
      return made ? [{ path, object: made.kustomization }] : []
    })
}

/** One builder for each artifact, so that files and bases are read once for all Kustomizations. */
function buildersFor(create: CreateBuilder): Surroundings['builderFor'] {
  const builders = new Map<Artifact, Builder>()
  return ({ artifact }) => {
    let builder = builders.get(artifact)
    if (builder === undefined) {
      builder = create(artifact.tree, {
        loadRestrictor: 'LoadRestrictionsNone',
        reorder: 'none',
      })
      builders.set(artifact, builder)
    }
    return builder
  }
}

/** Folders whose manifests are rarely those of a cluster, where the repository has clusters elsewhere. */
const ASIDE =
  /(^|\/)[._]?(docs?|examples?|samples?|templates?|archived?|disabled|deprecated|unused|attic)\//i

interface AllRuns {
  readonly runs: readonly ClusterRun[]
  /** Files with Kustomizations that no cluster is started with. */
  readonly aside: readonly Skipped[]
}

/** Each once: many Kustomizations may need the same. */
function distinct(all: readonly Skipped[]): readonly Skipped[] {
  return [...new Map(all.map(one => [`${one.what}\0${one.why}`, one])).values()]
}

/** What a run was started with and the files that it applies. */
interface Started {
  readonly run: ClusterRun
  readonly roots: readonly string[]
  readonly sources: readonly string[]
  readonly files: ReadonlySet<string>
}

function startOne(entry: Entry, around: Surroundings): Started {
  const run = runCluster(entry, around)
  const pathOf = (one: KubeObject) => one.root.source.path
  const files = run.cluster.kustomizations.flatMap(one => [...(one.build?.files ?? [])])
  const [roots, sources] = [entry.kustomizations.map(pathOf), entry.others.map(pathOf)]
  return { run, roots, sources, files: new Set(files) }
}

/** Starts entries that nobody named, and keeps what no other of them applies: a base can hold Kustomizations. */
function startAll(entries: readonly Entry[], around: Surroundings): Started[] {
  const all = entries.map(entry => startOne(entry, around))
  const applies = (one: Started, other: Started) => other.roots.every(path => one.files.has(path))
  const kept = all.filter(
    (one, i) =>
      !all.some((other, n) => i !== n && applies(other, one) && (n < i || !applies(one, other))),
  )
  return kept.length > 0 ? kept : all
}

/** The named entries first; then, group by group, what none of them has reached. */
function runAll(written: readonly Written[], config: Config, around: Surroundings): AllRuns {
  const runs: ClusterRun[] = []
  const reached = new Set<string>()
  const folders = new Set<string>()
  const keep = ({ run, roots, sources, files }: Started) => {
    runs.push(run)
    for (const path of [...roots, ...sources, ...files]) reached.add(path)
    for (const { directory } of run.cluster.kustomizations) if (directory) folders.add(directory)
  }
  if (config.entryPoints.length > 0) {
    for (const entry of configuredEntries(config.entryPoints, written))
      keep(startOne(entry, around))
    return { runs, aside: [] }
  }
  for (const entry of bootstraps(written)) keep(startOne(entry, around))
  for (const find of [selfStarters, looseEntries])
    for (let left = written; left.length > 0;) {
      left = left.filter(
        ({ path }) => !reached.has(path) && ![...folders].some(folder => isWithin(path, folder)),
      )
      const live = left.filter(one => !ASIDE.test(one.path))
      const hasLive = runs.length > 0 || live.some(one => isKustomization(one.object))
      const entries = find(hasLive ? live : left)
      if (entries.length === 0) break
      for (const one of startAll(entries, around)) keep(one)
    }
  const aside = written.filter(one => isKustomization(one.object) && !reached.has(one.path))
  return { runs, aside: [...new Set(aside.map(one => one.path))].map(notStarted) }
}

function notStarted(what: string): Skipped {
  return {
    what,
    why: `no kustomization.yaml lists it and no cluster starts with it; if one does, say so: entryPoints: [${what}]`,
  }
}
