import { formatId, type Id, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { scalarAt } from './fields.ts'

/**
 * Objects that substitution gives one name. The controller puts each object back into the build under its
 * new name, one after the other, and stops when two answer to it (kustomize resmap `Replace`).
 */
export function* collisions(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
): Iterable<Finding> {
  const current = before.map(one => key(one.id))
  const told = new Set<string>()
  for (const [i, object] of after.entries()) {
    const own = key(object.id)
    current[i] = own
    if (own === key(before[i]?.id ?? object.id) || told.has(own)) continue
    if (current.filter(one => one === own).length < 2) continue
    told.add(own)
    yield {
      code: 'bad-substitution',
      message: `in Replace: id matched 2 resources: ${formatId(object.id)}`,
      at: scalarAt(object.root, 'metadata', 'name') ?? object.root,
      object: formatId(object.id),
      help: 'after substitution two objects of this Kustomization have this name',
    }
  }
}

function key({ group, version, kind, namespace, name }: Id): string {
  return [group, version, kind, namespace === 'default' ? '' : namespace, name].join('\0')
}
