import type { Finding } from '../../text/diagnostic.ts'
import type { KubeObject } from '../object.ts'
import { changeOf, checkMetaChange } from './change.ts'
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
const CREATION = [
  /^metadata\.uid: /,
  /^metadata\.generation: /,
  /^metadata\.name: .*no more than 52 characters$/,
]
/** A stored job has the selector and the labels that the server made. */
const MADE = /^spec\.(selector: Required value|template\.metadata\.labels: .*does not match)/

/** What an update leaves as it is stored, whatever the manifest says. */
const KEPT: Readonly<Record<string, RegExp>> = {
  CertificateSigningRequest: /^spec\b/,
  Job: MADE,
  Namespace: /^spec\.finalizers/,
}
/** What rules say, not what typing or decoding says. */
const RULE = /: (?:Invalid|Unsupported|Duplicate|Required) value|: Forbidden/
const NEEDED = /^data\[(.+)\]: Required value/

/** Whether a finding stands when the object is there already, applied as `old`. */
export function isLasting(finding: Finding, kind: string, old: KubeObject): boolean {
  if (RULE.test(finding.message) && KEPT[kind]?.test(finding.message) === true) return false
  const key = kind === 'Secret' ? NEEDED.exec(finding.message)?.[1] : undefined
  const plain = old.root.get('stringData')
  // What a text was turned into stays when the text goes.
  if (key !== undefined && plain?.kind === 'map' && plain.has(key)) return false
  return !CREATION.some(one => one.test(finding.message))
}

/** What may not change from `old`, as it was stored, to `object`, as it would be applied over it. */
export function checkChange(old: KubeObject, object: KubeObject, scope: Scope): readonly Finding[] {
  const report: Report = { findings: [], minor: scope.minor }
  const field = (one: KubeObject) =>
    new Field(one.root, report, undefined, '', one.root.key('kind') ?? one.root.keys[0])
  checkMetaChange(field(old).get('metadata'), field(object).get('metadata'))
  changeOf(object.id.group, object.id.kind)?.(field(old), field(object))
  return report.findings
}
