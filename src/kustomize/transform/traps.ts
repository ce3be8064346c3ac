import { parentPath } from '../../tree/tree.ts'
import type { MapNode, Node } from '../../yaml/node.ts'
import type { Context } from '../context.ts'
import type { Resource } from '../resource.ts'

/** Directives of kubectl's strategic merge that kustomize does not know and copies into the object. */
const COPIED = /^\$(?:retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/

/** Names each directive in a patch that ends up in the object as if it were a field. */
export function reportCopied(context: Context, patches: readonly Resource[]): void {
  for (const patch of patches) visit(patch.root, context)
}

function visit(node: Node, context: Context): void {
  if (node.kind === 'scalar') return
  if (node.kind === 'map')
    for (const key of node.keys)
      if (COPIED.test(key.text))
        context.report({
          code: 'copied-directive',
          message: `kustomize does not know ${key.text} and copies it into the object as a field`,
          at: key,
        })
  for (const child of node.kind === 'map' ? node.values : node.items) visit(child, context)
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
