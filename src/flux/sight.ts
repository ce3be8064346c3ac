import { formatId } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { isGuessed } from './decrypt.ts'
import { scalarAt } from './fields.ts'
import { namespaceName } from './kinds.ts'
import type { Cluster, FluxKustomization } from './model.ts'

/** What says that something is nowhere in the cluster. */
const NOT_FOUND = new Set(['missing-dependency', 'dangling-source', 'dangling-reference'])

/** What was meant is shown: then it is an error, whatever else is not known. */
const MEANT = /^(did you mean|there is one)/

/**
 * What is not found may be made by a Kustomization that is not rendered here. One that fails is its own
 * finding, and what follows from it is left out; one from elsewhere makes an error a note.
 */
export function withinSight(findings: readonly Finding[], cluster: Cluster): readonly Finding[] {
  const unseen = cluster.kustomizations.find(isElsewhere)
  const failed = new Set(
    cluster.kustomizations.filter(hasFailed).map(one => formatId(one.object.id)),
  )
  if (unseen === undefined && failed.size === 0) return findings
  return findings.flatMap(one => {
    if (!NOT_FOUND.has(one.code) || MEANT.test(one.help ?? '')) return [one]
    if (one.level === 'note' || failed.has(one.object ?? '')) return [one]
    if (failed.size > 0 || unseen === undefined) return []
    const help = `unless Kustomization ${namespaceName(unseen.object.id)} brings it, whose content is not in the repository`
    return [{ ...one, level: 'note', help }]
  })
}

/** Whether a Kustomization applies what is not known here. */
export function isElsewhere({ object, origin, directory, build }: FluxKustomization): boolean {
  if (origin.kind === 'external') return true
  if (build?.findings.some(one => one.code === 'remote-base')) return true
  const path = scalarAt(object.root, 'spec', 'path')
  return directory === undefined && path !== undefined && isGuessed(path)
}

/** Whether a Kustomization should be known here and does not come to anything. */
export function hasFailed(one: FluxKustomization): boolean {
  return !isElsewhere(one) && (one.build === undefined || one.build.error !== undefined)
}
