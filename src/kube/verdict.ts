import type { Schemas } from '../schema/schemas.ts'
import { minorOf } from '../schema/version.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Id, KubeObject } from './object.ts'
import { hasRules } from './rules/kinds.ts'
import { checkChange, checkRules, isLasting, type Scope } from './rules/object.ts'

/** What server-side apply would say of one object: structure, CEL, then the rules that no schema states. */
export function judge(object: KubeObject, schemas: Schemas): readonly Finding[] {
  const { group, version, kind } = object.id
  const scope = scopeOf(object, schemas)
  const rules = checkRules(object, scope)
  const structure = schemas
    .check(object.root, group, version, kind)
    .filter(one => !isDoubtful(one, object.id, rules) && !isOfOperator(one, object.id))
  return structure.length === 0
    ? rules
    : [...structure, ...rules.filter(one => !structure.some(other => isExplained(one, other)))]
}

/**
 * What server-side apply would say of an object that is stored as `old` and was applied by the same
 * manager: as of a new one, and what may not change.
 */
export function judgeUpdate(
  old: KubeObject,
  object: KubeObject,
  schemas: Schemas,
): readonly Finding[] {
  const lasting = judge(object, schemas).filter(one => isLasting(one, object.id.kind, old))
  return [...lasting, ...judgeChange(old, object, schemas)]
}

/** The same without what would be said of a new object: what may not change, and transition rules. */
export function judgeChange(
  old: KubeObject,
  object: KubeObject,
  schemas: Schemas,
): readonly Finding[] {
  const { group, version, kind } = object.id
  const transitions = schemas.checkChange(old.root, object.root, group, version, kind)
  return [...checkChange(old, object, scopeOf(object, schemas)), ...transitions]
}

/** What rules need to know of the cluster and the kind. */
export function scopeOf(object: KubeObject, schemas: Schemas): Scope {
  const known = schemas.lookup(object.id.group, object.id.version, object.id.kind)
  return {
    minor: Number(minorOf(schemas.kubernetesVersion)?.split('.')[1] ?? 36),
    namespaced: !known.ok || known.namespaced,
  }
}

/**
 * A schema's list of choices is not what a server goes by for its own kinds: a gate may drop the
 * field, a default may replace an empty text. Where there are rules they decide.
 */
function isDoubtful(finding: Finding, kind: Id, rules: readonly Finding[]): boolean {
  if (!/: (Unsupported|Required) value/.test(finding.message)) return false
  return hasRules(kind.group, kind.kind) && !rules.some(one => isExplained(one, finding))
}

/**
 * Kinds that Alerts and Receivers know besides those of Flux where flux-operator installs Flux: it adds them
 * to the CRDs (flux-operator 0.58 internal/builder notificationPatchTmpl), and nobody names them without it.
 */
const OPERATED = /Unsupported value: "(?:FluxInstance|ResourceSet|ResourceSetInputProvider)"/

function isOfOperator({ message, field = '' }: Finding, { group }: Id): boolean {
  if (group !== 'notification.toolkit.fluxcd.io' || !OPERATED.test(message)) return false
  return /^spec\.(?:eventSources|resources)\[\d+\]\.kind$/.test(field)
}

/** Whether a rule only stumbles over what structure has already refused there. */
function isExplained(rule: Finding, structure: Finding): boolean {
  const [field, cause] = [plainPath(rule), plainPath(structure)]
  if (cause === '' || (field !== cause && !field.startsWith(`${cause}.`))) return false
  const [a, b] = [rule.at, structure.at]
  return a.source === b.source && a.start < b.end && b.start < a.end
}

/** A path without indices and keys: structure and rules name items differently. */
function plainPath(finding: Finding): string {
  return (finding.field ?? '').replace(/\[[^\]]*\]/g, '')
}
