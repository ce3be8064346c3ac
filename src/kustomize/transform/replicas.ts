import { Refusal } from '../../kube/refusal.ts'
import { type MapNode, type Node, plainNode, stringNode } from '../../yaml/node.ts'
import { scalarValue } from '../../yaml/value.ts'
import type { ReadTransforms, Transform } from '../context.ts'
import { editField, type FieldSpec } from '../fieldspec.ts'
import { mapsAt, textAt } from '../file.ts'
import { gvkText, isSelected } from '../resid.ts'
import type { ResourceMap } from '../resourcemap.ts'
import { wrongKind } from '../setter.ts'

const BY = 'replicas'

export const replicaTransforms: ReadTransforms = ({ file, specs }) =>
  mapsAt(file.root, 'replicas').map(replica => setReplicas(replica, specs.replicas))

/** Sets the count of what has or had the name; nothing of that name is refused. */
export function setReplicas(replica: MapNode, specs: readonly FieldSpec[]): Transform {
  const name = textAt(replica, 'name')
  const at = replica.get('count') ?? replica
  const count = countOf(at)
  const set = (node: Node): Node => {
    if (node.kind !== 'scalar') throw wrongKind(node, 'scalar')
    const made = { by: BY, from: node }
    // A quoted count stays quoted, and the API server refuses it.
    return node.style === 'plain' ? plainNode(count, at, made) : stringNode(count, at, made)
  }
  const edit = { by: BY, set, create: () => plainNode('', at, { by: BY }) }
  return map => {
    const changed = specs.map(spec => setAll(map, name, spec, edit))
    if (changed.includes(true)) return
    const kinds = specs.map(gvkText).join(' ')
    throw new Refusal(
      `resource with name ${name} does not match a config with the following GVK [${kinds}]`,
      replica.get('name') ?? replica,
    )
  }
}

function countOf(at: Node): string {
  const value = at.kind === 'scalar' ? scalarValue(at) : 0
  return typeof value === 'number' || typeof value === 'bigint' ? value.toString() : '0'
}

function setAll(
  map: ResourceMap,
  name: string,
  spec: FieldSpec,
  edit: Parameters<typeof editField>[2],
): boolean {
  const found = map
    .withName(name)
    .filter(resource => resource.allIds.some(id => id.name === name && isSelected(id, spec)))
  for (const resource of found) resource.root = editField(resource.root, spec, edit)
  return found.length > 0
}
