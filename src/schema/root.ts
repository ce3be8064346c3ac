import type { MapNode } from '../yaml/node.ts'
import { isNull } from '../yaml/value.ts'
import type { KindEntry } from './bundle.ts'
import { walkRules } from './cel/rules.ts'
import { checkCrd } from './crd/check.ts'
import { isCrd } from './crd/kinds.ts'
import { type Issue, type Issues, under } from './issue.ts'
import type { Type } from './type.ts'
import { walk, walkStruct } from './walk.ts'

/**
 * Judges a whole object. The status of a kind that has it as a subresource is dropped on apply:
 * typing still looks at it, rules do not.
 */
export function walkRoot(root: MapNode, type: Type, entry: KindEntry): Issues {
  const found = entry.custom ? walkCustomRoot(root, type) : walk(root, type)
  const kept = entry.status ? found.filter(one => !isDropped(one, entry)) : found
  if (isCrd(root)) return [...kept, ...checkCrd(root)]
  const at = root.key('kind') ?? root
  return kept.length === 0 ? kept : under('', kept, at)
}

function isDropped(one: Issue, entry: KindEntry): boolean {
  if (!one.path.startsWith('.status.')) return false
  return (
    one.code === 'missing-field' ||
    (one.code === 'invalid-value' && (entry.custom || one.undecoded !== true))
  )
}

/** A custom resource: metadata is a Go type whatever its CRD says. */
function walkCustomRoot(root: MapNode, type: Type): Issues {
  const found: Issue[] = []
  const metadata = root.get('metadata')
  if (metadata !== undefined && !isNull(metadata))
    found.push(
      ...under('.metadata', walk(metadata, type.go('meta.v1.ObjectMeta'))).filter(
        one => !isTime(one),
      ),
    )
  const rest = root.without('metadata').without('apiVersion').without('kind')
  found.push(...walkStruct(rest, type).filter(one => !isIdentity(one)))
  return found.length === 0 ? walkRules(root, type) : found
}

/** A malformed time in the metadata of a custom resource is dropped. */
function isTime(one: Issue): boolean {
  return one.undecoded === true && /^\.metadata\.\w+Timestamp$/.test(one.path)
}

function isIdentity(one: Issue): boolean {
  return /^\.(?:apiVersion|kind|metadata)$/.test(one.path) && one.code === 'missing-field'
}
