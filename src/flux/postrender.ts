import { formatId } from '../kube/object.ts'
import { Source } from '../text/source.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node, Scalar } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { isGuessed } from './decrypt.ts'
import { itemsAt, mapAt, scalarAt, textAt } from './fields.ts'
import type { Lookup } from './lookup.ts'
import { releasesOf } from './releases.ts'

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test'])

/** Patches of `postRenderers`, as far as they can be judged without what the chart renders. */
export function* checkPostRenderers(lookup: Lookup): Iterable<Finding> {
  for (const release of releasesOf(lookup))
    for (const renderer of itemsAt(release.root, 'spec', 'postRenderers'))
      for (const item of itemsAt(renderer, 'kustomize', 'patches')) {
        const at = scalarAt(item, 'patch')
        const problem = at && !isGuessed(at) ? problemOf(at, mapAt(item, 'target')) : undefined
        if (at === undefined || problem === undefined) continue
        yield {
          code: 'bad-patch',
          message: problem,
          at,
          object: formatId(release.id),
          field: 'spec.postRenderers',
        }
      }
}

function problemOf(at: Scalar, target: Node | undefined): string | undefined {
  const { documents, problem } = parse(new Source('', at.text), 'v3')
  if (problem) return `the patch does not parse: ${problem.message}`
  const roots = documents.flatMap(one => (one.root ? [one.root] : []))
  const [first] = roots
  if (first === undefined) return 'the patch is empty'
  if (first.kind === 'list')
    return target === undefined
      ? 'a patch of operations needs a target'
      : first.items.map(operationProblem).find(one => one !== undefined)
  if (first.kind === 'scalar') return 'the patch is neither a list of operations nor an object'
  if (roots.length > 1 && target !== undefined)
    return `a target takes one object, and the patch has ${roots.length}`
  const isNamed = textAt(first, 'kind') !== '' && textAt(first, 'metadata', 'name') !== ''
  return target === undefined && !isNamed
    ? 'without a target the patch must name its object: kind and metadata.name'
    : undefined
}

function operationProblem(item: Node): string | undefined {
  const op = textAt(item, 'op')
  if (!OPERATIONS.has(op)) return `there is no operation ${op === '' ? 'without op' : op}`
  const path = scalarAt(item, 'path')
  if (path === undefined || (path.text !== '' && !path.text.startsWith('/')))
    return `the path of ${op} must begin with /`
  if ((op === 'move' || op === 'copy') && scalarAt(item, 'from') === undefined)
    return `${op} needs from`
  return undefined
}
