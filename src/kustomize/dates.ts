import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node, Scalar } from '../yaml/node.ts'
import { typeOf, valueOf } from '../yaml/value.ts'

/** Unquoted dates that a build prints as another text: `2024-01-02` becomes `2024-01-02T00:00:00Z`. */
export function rewrittenDates(
  object: KubeObject,
  known: WeakMap<Node, readonly Scalar[]>,
): Finding[] {
  return datesIn(object.root, known).map(leaf => ({
    code: 'rewritten-date',
    message: 'kustomize reads this unquoted date as a time and writes another text in its place',
    at: leaf,
    object: formatId(object.id),
    help: 'write it in quotes to keep the text as it is',
  }))
}

/** Trees share nodes between builds: what was walked once is known. */
function datesIn(node: Node, known: WeakMap<Node, readonly Scalar[]>): readonly Scalar[] {
  if (node.kind === 'scalar') return isRewritten(node) ? [node] : []
  const before = known.get(node)
  if (before) return before
  const children = node.kind === 'map' ? node.values : node.items
  let found: Scalar[] | undefined
  for (const child of children) {
    const dates = datesIn(child, known)
    if (dates.length > 0) found = [...(found ?? []), ...dates]
  }
  known.set(node, found ?? none)
  return found ?? none
}

const none: readonly Scalar[] = []

function isRewritten(node: Scalar): boolean {
  if (node.style !== 'plain' || node.text.codePointAt(4) !== 0x2d) return false
  return typeOf(node) === 'timestamp' && valueOf(node) !== node.text
}
