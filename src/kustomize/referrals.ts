import { Refusal } from '../kube/refusal.ts'
import type { Node } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { effectiveNamespace, idText, isClusterScoped, NO_NAMESPACE } from './resid.ts'
import type { Resource } from './resource.ts'
import type { ResourceMap } from './resourcemap.ts'

/** The objects that one object may refer to, by the names they had. */
export interface Candidates {
  /** Those that were called so; with a namespace those that were, or are, in it. */
  named(name: string, namespace: string | undefined): readonly Resource[]
}

type Groups = ReadonlyMap<string, readonly Resource[]>

const groups = new WeakMap<readonly Resource[], { original: Groups; current: Groups }>()

/** What a resource may refer to (resmap SubsetThatCouldBeReferencedByResource). */
export function findCandidates(map: ResourceMap, referrer: Resource): Candidates {
  const { resources } = map
  const isReachable = reachableFrom(referrer)
  const called = (name: string) =>
    map
      .withName(name)
      .filter(one => one.previousIds.some(id => id.name === name) && isReachable(one))
  return {
    named: (name, namespace) => {
      const all = called(name)
      if (namespace === undefined || all.length === 0) return all
      const { original, current } = groupsOf(resources)
      // Whether anything was in that namespace decides which of the two counts.
      const isOriginal = (original.get(namespace) ?? []).some(isReachable)
      const inIt = new Set((isOriginal ? original : current).get(namespace))
      return all.filter(one => inIt.has(one))
    },
  }
}

function groupsOf(resources: readonly Resource[]): { original: Groups; current: Groups } {
  let known = groups.get(resources)
  if (known === undefined) {
    const original = Map.groupBy(resources, one => effectiveNamespace(one.originalId))
    const current = Map.groupBy(resources, one => effectiveNamespace(one.id))
    original.delete(NO_NAMESPACE)
    current.delete(NO_NAMESPACE)
    groups.set(resources, (known = { original, current }))
  }
  return known
}

function reachableFrom(referrer: Resource): (one: Resource) => boolean {
  const { id } = referrer
  if (isClusterScoped(id)) return () => true
  const own = effectiveNamespace(id)
  const others = subjectNamespaces(referrer)
  return one =>
    isClusterScoped(one.id) || effectiveNamespace(one.id) === own || others.has(one.id.namespace)
}

/** A RoleBinding may name service accounts of other namespaces. */
function subjectNamespaces(referrer: Resource): ReadonlySet<string> {
  const found = new Set<string>()
  const subjects = referrer.id.kind === 'RoleBinding' ? referrer.root.get('subjects') : undefined
  if (subjects?.kind !== 'list') return found
  for (const subject of subjects.items) {
    if (subject.kind !== 'map' || textOf(subject.get('kind')) !== 'ServiceAccount') continue
    const namespace = subject.get('namespace')
    if (namespace === undefined) continue
    if (namespace.kind !== 'scalar' || typeOf(namespace) !== 'string')
      throw new Refusal(
        `Invalid Input: namespace is blank for resource "${idText(referrer.id)}"`,
        subject,
      )
    found.add(namespace.text)
  }
  return found
}

function textOf(node: Node | undefined): string {
  return node?.kind === 'scalar' ? node.text : ''
}
