import type { Id } from '../kube/object.ts'
import type { MapNode } from '../yaml/node.ts'
import { Refusal } from '../kube/refusal.ts'
import { mapAt, scalarsAt, textAt } from './file.ts'
import { type Gvk, gvkText } from './resid.ts'
import { ResourceMap } from './resourcemap.ts'
import { within } from './within.ts'
import type { Resource } from './resource.ts'

/** Kinds that come first and last, as kustomize sorts them when nothing else is said. */
const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

type Ranks = ReadonlyMap<string, number>

const defaultRanks = ranksOf(FIRST, LAST)

function ranksOf(first: readonly string[], last: readonly string[]): Ranks {
  const ranks = new Map<string, number>()
  for (const [i, kind] of first.entries()) ranks.set(kind, i - first.length)
  for (const [i, kind] of last.entries()) ranks.set(kind, i + 1)
  return ranks
}

/** Order of field specs (kyaml resid.Gvk.IsLessThan). */
export function compareGvk(a: Gvk, b: Gvk): number {
  return rankDifference(a, b, defaultRanks) || compare(gvkKey(a), gvkKey(b))
}

/**
 * Sorts as `sortOptions` or the command's `--reorder` say (api/internal/builtins
 * SortOrderTransformer); undefined options: kustomize's legacy order.
 */
export function sortResources(
  resources: readonly Resource[],
  options: MapNode | undefined,
): readonly Resource[] {
  const order = options === undefined ? 'legacy' : textAt(options, 'order')
  if (order !== 'legacy' && order !== 'fifo')
    throw new Refusal("the field 'sortOptions.order' must be one of [fifo, legacy]", options)
  const legacy = mapAt(options, 'legacySortOptions')
  if (order === 'legacy') return sortLegacy(resources, legacy)
  if (legacy)
    throw new Refusal(
      "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
      legacy,
    )
  return resources
}

function sortLegacy(
  resources: readonly Resource[],
  options: MapNode | undefined,
): readonly Resource[] {
  const ranks = options
    ? ranksOf(texts(options, 'orderFirst'), texts(options, 'orderLast'))
    : defaultRanks
  const sorted = resources
    .map(resource => ({
      resource,
      id: resource.id,
      gvk: gvkKey(resource.id),
      key: idKey(resource.id),
    }))
    .sort((a, b) => {
      if (a.gvk === b.gvk) return compare(a.key, b.key)
      const difference = rankDifference(a.id, b.id, ranks)
      if (difference !== 0) return difference
      const order = compare(a.gvk, b.gvk)
      // Of two kinds called Namespace the core one comes first, though its group sorts last.
      const isCore = a.id.group === '' || b.id.group === ''
      return a.id.kind === 'Namespace' && b.id.kind === 'Namespace' && isCore ? -order : order
    })
    .map(({ resource }) => resource)
  return within(
    'SortOrderTransformer: Failed to append to resources',
    () => new ResourceMap(sorted).resources,
  )
}

function texts(options: MapNode, key: string): readonly string[] {
  return scalarsAt(options, key).map(scalar => scalar.text)
}

function rankDifference(a: Gvk, b: Gvk, ranks: Ranks): number {
  return (ranks.get(a.kind) ?? 0) - (ranks.get(b.kind) ?? 0)
}

function gvkKey(gvk: Gvk): string {
  return `${gvk.group || '~G'}_${gvk.version || '~V'}_${gvk.kind || '~K'}`
}

function idKey(id: Id): string {
  return `${gvkText(id)}|${id.namespace || '~X'}|${id.name || '~N'}`
}

/** Go compares bytes; code points order the same way, UTF-16 units nearly so. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
