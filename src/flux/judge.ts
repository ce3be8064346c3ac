import { formatId } from '../kube/object.ts'
import type { Config } from '../tree/config.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Tree } from '../tree/tree.ts'
import { checkAccounts } from './accounts.ts'
import { checkBlocked } from './blocked.ts'
import { checkCharts } from './charts.ts'
import type { ClusterRun } from './cluster.ts'
import { isGuessed } from './decrypt.ts'
import { checkDecryption } from './decryption.ts'
import { checkDependencies, dependents } from './dependencies.ts'
import { checkDollars } from './dollars.ts'
import { checkExpressions } from './expressions.ts'
import { isTrue, nodeAt } from './fields.ts'
import { keyOf, SOURCE, sourceRefOf } from './kinds.ts'
import { checkHealth } from './health.ts'
import { checkCommonLabels, checkDropped, checkLimits, checkTargets } from './limits.ts'
import { checkRenamed } from './renamed.ts'
import type { Lookup } from './lookup.ts'
import { checkNewer, olderKinds } from './newer.ts'
import type { Cluster, Model } from './model.ts'
import { checkNotifications } from './notify.ts'
import { checkOwners } from './owners.ts'
import { checkPostRenderers } from './postrender.ts'
import { checkReferences } from './references.ts'
import { checkReleases, releasesOf } from './releases.ts'
import type { Files } from './files.ts'
import { withinSight } from './sight.ts'
import { checkUndecrypted } from './undecrypted.ts'
import { checkValuesFrom } from './valuesfrom.ts'

/** Whether what a cluster is started with is not in the repository, nor what else is applied together with it. */
function startsOutside({ open, kustomizations }: Cluster, lookup: Lookup): boolean {
  return (
    open &&
    kustomizations.some(({ object, parent }) => {
      const { kind, namespace, name } = sourceRefOf(object)
      return parent === undefined && lookup.find(SOURCE, kind, namespace, name) === undefined
    })
  )
}

/** What stops a release that is suspended stops nothing yet. */
function whileSuspended(found: readonly Finding[], lookup: Lookup): readonly Finding[] {
  const suspended = new Set(
    releasesOf(lookup)
      .filter(one => isTrue(nodeAt(one.root, 'spec', 'suspend')))
      .map(one => formatId(one.id)),
  )
  return suspended.size === 0
    ? found
    : found.map(one =>
        one.level === undefined && suspended.has(one.object ?? '')
          ? { ...one, level: 'warning' }
          : one,
      )
}

/** What can be said of whole clusters, once everything is rendered. */
export function judgeRuns(
  runs: readonly ClusterRun[],
  config: Config,
  files: Files,
  charts: Tree | undefined,
): Pick<Model, 'findings' | 'skipped'> {
  const findings: Finding[] = []
  const skipped = runs.flatMap(run => run.skipped)
  const openKeys = new Set(
    runs
      .filter(run => run.cluster.open)
      .flatMap(run => dependents(run.lookup).map(one => keyOf(one.id))),
  )
  for (const run of runs) {
    const { cluster, lookup, originOf, resolve, flags } = run
    const values = checkValuesFrom(lookup, config)
    skipped.push(...values.skipped, ...olderKinds(lookup, cluster.flux))
    const found = [
      ...run.findings,
      ...checkDependencies(lookup, key => cluster.open && openKeys.has(key)),
      ...checkOwners(lookup),
      ...checkDecryption(cluster.kustomizations, lookup),
      ...checkUndecrypted(cluster.kustomizations, files),
      ...checkReleases(lookup, cluster.open),
      ...checkCharts(lookup, { cache: charts, originOf }),
      ...checkReferences(lookup, { isOpen: startsOutside(cluster, lookup), resolve }),
      ...checkNotifications(lookup),
      ...checkBlocked(lookup, flags),
      ...checkNewer(lookup, cluster.flux),
      ...checkAccounts(lookup, flags),
      ...checkExpressions(lookup),
      ...checkPostRenderers(lookup),
      ...checkLimits(lookup),
      ...checkCommonLabels(cluster.kustomizations),
      ...checkTargets(cluster.kustomizations),
      ...checkHealth(cluster, lookup),
      ...checkRenamed(cluster.kustomizations),
      ...checkDollars(cluster.kustomizations),
      ...checkDropped(cluster.kustomizations),
      ...values.findings,
    ]
    findings.push(
      ...withinSight(whileSuspended(found, lookup), cluster).filter(one => !isGuessed(one.at)),
    )
  }
  return { findings, skipped }
}
