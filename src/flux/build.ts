import type { Builder, CreateBuilder } from '../kustomize/build.ts'
import type { DataKeys } from '../secrets/datakeys.ts'
import type { Config } from '../tree/config.ts'
import type { Tree } from '../tree/tree.ts'
import { isWithin, type Artifact } from './artifact.ts'
import { type ClusterRun, runCluster, type Surroundings } from './cluster.ts'
import { bootstraps, configuredEntries, type Entry, looseEntries, selfStarters } from './entries.ts'
import { Files } from './files.ts'
import { instanceObjects } from './instance.ts'
import type { Model } from './model.ts'
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
  const runs = runAll(written, config, {
    files,
    config,
    sources: new Sources(tree, config, [...written, ...started(written)]),
    builderFor: buildersFor(createBuilder),
    keys,
  })
  const clusters = runs.map(run => run.cluster)
  const place = scope === '' ? 'the repository' : scope
  return {
    entryPoints: clusters.map(cluster => cluster.name),
    clusters,
    kustomizations: clusters.flatMap(cluster => cluster.kustomizations),
    ...judgeRuns(runs, config, files, charts),
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

/** The named entries first; then, group by group, what none of them has reached. */
function runAll(written: readonly Written[], config: Config, around: Surroundings): ClusterRun[] {
  const runs: ClusterRun[] = []
  const reached = new Set<string>()
  const start = (entry: Entry) => {
    const run = runCluster(entry, around)
    runs.push(run)
    for (const one of [...entry.kustomizations, ...entry.others]) reached.add(one.root.source.path)
    for (const { build } of run.cluster.kustomizations)
      for (const path of build?.files ?? []) reached.add(path)
  }
  if (config.entryPoints.length > 0) {
    for (const entry of configuredEntries(config.entryPoints, written)) start(entry)
    return runs
  }
  for (const entry of bootstraps(written)) start(entry)
  for (const find of [selfStarters, looseEntries])
    for (let left = written; left.length > 0;) {
      left = left.filter(one => !reached.has(one.path))
      const entries = find(left)
      if (entries.length === 0) break
      for (const entry of entries)
        if (entry.kustomizations.some(one => !reached.has(one.root.source.path))) start(entry)
    }
  return runs
}
