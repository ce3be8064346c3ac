import { formatId, type KubeObject } from '../kube/object.ts'
import { celProblem } from '../schema/cel/problem.ts'
import type { Finding } from '../text/diagnostic.ts'
import { itemsAt, scalarAt } from './fields.ts'
import { isKustomization, isRelease, NOTIFICATION } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { Scalar } from '../yaml/node.ts'

interface Written {
  readonly at: Scalar | undefined
  readonly field: string
  /** Undefined: Flux parses the expression and does not compile it. */
  readonly variables?: readonly string[]
}

/** CEL in Kustomizations, releases and providers, as Flux 2.9 compiles it before anything else. */
export function* checkExpressions(lookup: Lookup): Iterable<Finding> {
  for (const { object } of lookup.all())
    for (const { at, field, variables } of expressionsIn(object)) {
      const problem = at && at.text !== '' ? celProblem(at.text, variables) : undefined
      if (at === undefined || problem === undefined) continue
      yield {
        code: 'bad-expression',
        message: `failed to parse the CEL expression '${at.text}': ${problem}`,
        at,
        object: formatId(object.id),
        field,
      }
    }
}

function* expressionsIn(object: KubeObject): Iterable<Written> {
  const { id, root } = object
  if (id.group === NOTIFICATION && id.kind === 'Provider')
    yield { at: scalarAt(root, 'spec', 'commitStatusExpr'), field: 'spec.commitStatusExpr' }
  if (!isKustomization(object) && !isRelease(object)) return
  for (const item of itemsAt(root, 'spec', 'healthCheckExprs'))
    for (const key of ['current', 'failed', 'inProgress'])
      yield { at: scalarAt(item, key), field: `spec.healthCheckExprs.${key}` }
  for (const item of itemsAt(root, 'spec', 'dependsOn'))
    yield {
      at: scalarAt(item, 'readyExpr'),
      field: 'spec.dependsOn.readyExpr',
      variables: ['self', 'dep'],
    }
}
