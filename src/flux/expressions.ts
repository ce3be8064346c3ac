import { apiVersionOf, formatId, type KubeObject } from '../kube/object.ts'
import { celFailure, celProblem } from '../schema/cel/problem.ts'
import type { Finding } from '../text/diagnostic.ts'
import { isTrue, itemsAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { isKustomization, isRelease, NOTIFICATION } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { Node, Scalar } from '../yaml/node.ts'

interface Written {
  readonly at: Scalar | undefined
  readonly field: string
  /** Undefined: Flux parses the expression and does not compile it. */
  readonly variables?: readonly string[]
  /** Whether it is evaluated over an object that is applied, and what it says then matters. */
  readonly isUsed?: boolean
}

/** CEL in Kustomizations, releases and providers, as Flux 2.9 compiles it before anything else. */
export function* checkExpressions(lookup: Lookup): Iterable<Finding> {
  for (const { object } of lookup.all())
    for (const { at, field, variables, isUsed } of expressionsIn(object, lookup)) {
      if (at === undefined || at.text === '') continue
      const about = { code: 'bad-expression', at, object: formatId(object.id), field }
      const problem = celProblem(at.text, variables)
      const message = `failed to parse the CEL expression '${at.text}': ${problem}`
      const failure = problem === undefined && isUsed === true ? celFailure(at.text) : undefined
      if (problem !== undefined) yield { ...about, message }
      else if (failure !== undefined)
        yield { ...about, message: `the health check runs out of its time: ${failure}` }
    }
}

function* expressionsIn(object: KubeObject, lookup: Lookup): Iterable<Written> {
  const { id, root } = object
  if (id.group === NOTIFICATION && id.kind === 'Provider')
    yield { at: scalarAt(root, 'spec', 'commitStatusExpr'), field: 'spec.commitStatusExpr' }
  if (!isKustomization(object) && !isRelease(object)) return
  for (const item of itemsAt(root, 'spec', 'healthCheckExprs'))
    for (const key of ['current', 'failed', 'inProgress'])
      yield {
        at: scalarAt(item, key),
        field: `spec.healthCheckExprs.${key}`,
        isUsed: isKustomization(object) && isAsked(object, item, lookup),
      }
  for (const item of itemsAt(root, 'spec', 'dependsOn'))
    yield {
      at: scalarAt(item, 'readyExpr'),
      field: 'spec.dependsOn.readyExpr',
      variables: ['self', 'dep'],
    }
}

/** Whether a Kustomization checks the health of objects of the kind that an expression is about. */
function isAsked({ root }: KubeObject, item: Node, lookup: Lookup): boolean {
  const isWaiting =
    isTrue(nodeAt(root, 'spec', 'wait')) || itemsAt(root, 'spec', 'healthChecks').length > 0
  const [version, kind] = [textAt(item, 'apiVersion'), textAt(item, 'kind')]
  return (
    isWaiting &&
    [...lookup.all()].some(
      ({ object, owner }) =>
        owner?.object.root === root &&
        object.id.kind === kind &&
        apiVersionOf(object.id) === version,
    )
  )
}
