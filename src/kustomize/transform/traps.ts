import type { Watch } from '../../kube/watch.ts'
import type { Related } from '../../text/diagnostic.ts'
import { parentPath } from '../../tree/tree.ts'
import type { ListNode, MapNode, Node, Scalar } from '../../yaml/node.ts'
import type { Context } from '../context.ts'
import type { Resource } from '../resource.ts'

/** Directives of kubectl's strategic merge; kustomize knows `$patch` alone, and not everywhere. */
const DIRECTIVE = /^\$(?:patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/

const directives = new WeakMap<Node, readonly Scalar[]>()

/** The keys in a tree that are directives. */
function directivesIn(node: Node): readonly Scalar[] {
  if (node.kind === 'scalar') return []
  const known = directives.get(node)
  if (known) return known
  const own = node.kind === 'map' ? node.keys.filter(key => DIRECTIVE.test(key.text)) : []
  const children = node.kind === 'map' ? node.values : node.items
  const all = [...own, ...children.flatMap(directivesIn)]
  directives.set(node, all)
  return all
}

/** Names each directive of a patch that stands in the object afterwards as if it were a field. */
export function reportCopied(context: Context, patch: MapNode, merged: MapNode): void {
  const asked = new Set(directivesIn(patch))
  if (asked.size === 0) return
  for (const key of directivesIn(merged))
    if (asked.has(key))
      context.report({
        code: 'copied-directive',
        message: `kustomize does not know ${key.text} here and copies it into the object as a field`,
        at: key,
      })
}

/** Reports the entries that a merge loses, and the lists of custom resources that it shortens. */
export function watchMerge(context: Context, patch: Resource, target: MapNode): Watch {
  return {
    lost: (item, kept, keys) => reportLost(context, item, kept, keys, patch.root),
    replaced(key, old, by) {
      const [apiVersion, kind] = ['apiVersion', 'kind'].map(name => textOf(target.get(name)))
      if (context.findMergeType(apiVersion ?? '', kind ?? '') === undefined)
        reportShortened(context, key, old, by)
    },
  }
}

function textOf(node: Node | undefined): string {
  return node?.kind === 'scalar' ? node.text : ''
}

function reportLost(
  context: Context,
  item: Node,
  kept: Node | undefined,
  keys: readonly string[],
  patch: MapNode,
): void {
  const related: Related[] = kept ? [{ span: kept, text: 'this one is kept' }] : []
  const isPatch = item.source === patch.source && item.start >= patch.start && item.end <= patch.end
  if (!isPatch) related.push({ span: patch, text: 'the patch' })
  const why =
    keys.length > 1
      ? `it takes entries for the same whose ${keys.join(' and ')} are equal or missing`
      : `it takes entries for the same whose ${keys[0] ?? 'value'} is equal`
  context.report({
    code: 'lost-item',
    message: `kustomize's strategic merge loses this entry: ${why}`,
    at: item,
    related,
  })
}

/** Only lists of maps: who shortens them often meant to change one entry. An empty list is clear. */
function reportShortened(context: Context, key: Scalar, old: ListNode, by: ListNode): void {
  const isShorter = by.items.length > 0 && by.items.length < old.items.length
  if (!isShorter || ![...old.items, ...by.items].every(item => item.kind === 'map')) return
  context.report({
    code: 'shortened-list',
    message: `this list replaces one of ${old.items.length} entries by ${by.items.length}: kustomize knows no merge key of a custom resource`,
    at: key,
    related: [{ span: old, text: 'the list that goes' }],
  })
}

/**
 * A target without a condition selects everything: one `$patch: delete` empties the build. What a
 * Flux Kustomization patches is said where Flux's objects are judged.
 */
export function reportEmptyTarget(context: Context, target: MapNode | undefined): void {
  if (target === undefined || target.size > 0) return
  if (parentPath(target.source.path) !== context.file.directory) return
  context.report({
    code: 'empty-target',
    message: 'a target without a condition selects every object of the build',
    at: target,
  })
}
