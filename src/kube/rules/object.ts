import type { Finding } from '../../text/diagnostic.ts'
import type { KubeObject } from '../object.ts'
import { changeOf } from './change.ts'
import { Field, type Report } from './field.ts'
import { checkMeta } from './meta.ts'
import { isCore, keepsGeneration, rulesOf } from './kinds.ts'

/** What the rules need to know of the cluster and of the kind. */
export interface Scope {
  /** Minor version of the cluster: `36` for 1.36. */
  readonly minor: number
  readonly namespaced: boolean
}

/**
 * The API server's hand-written rules for one object as it would be created; structure must have
 * been judged before. Findings have the server's sentences and paths.
 */
export function checkRules(object: KubeObject, scope: Scope): readonly Finding[] {
  const report: Report = { findings: [], minor: scope.minor }
  const { root, id } = object
  const field = new Field(root, report, undefined, '', root.key('kind') ?? root.keys[0])
  const rules = rulesOf(id.group, id.kind)
  const free = rules?.anyPrefix === true && scope.minor >= 36
  checkMeta(
    field.get('metadata').without(free ? ['generateName'] : []),
    rules?.name?.(scope.minor),
    scope.namespaced,
    isCore(id.group, id.kind),
  )
  if (keepsGeneration(id.group, id.kind)) field.get('metadata').get('generation').nonNegative()
  rules?.check?.(field)
  return report.findings
}

/** Findings about what only the creation of an object is asked. */
const CREATION = [/^metadata\.uid: /, /^metadata\.name: .*no more than 52 characters$/]
/** A stored job has the selector and the labels that the server made. */
const MADE = /^spec\.(selector: Required value|template\.metadata\.labels: .*does not match)/

/** Whether a finding stands when the object is there already. */
export function isLasting(finding: Finding, kind: string): boolean {
  if (kind === 'Job' && MADE.test(finding.message)) return false
  return !CREATION.some(one => one.test(finding.message))
}

/** What may not change from `old`, as it was stored, to `object`, as it would be applied over it. */
export function checkChange(old: KubeObject, object: KubeObject, scope: Scope): readonly Finding[] {
  const report: Report = { findings: [], minor: scope.minor }
  const field = (one: KubeObject) =>
    new Field(one.root, report, undefined, '', one.root.key('kind') ?? one.root.keys[0])
  changeOf(object.id.group, object.id.kind)?.(field(old), field(object))
  return report.findings
}
