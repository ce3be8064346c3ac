import type { SharedWrites } from '../../kube/shared.ts'
import { MapNode, type Node, type Scalar, stringNode } from '../../yaml/node.ts'
import { typeOf } from '../../yaml/value.ts'
import type { Context, ReadTransforms, Transform } from '../context.ts'
import { editFields, editPath, type FieldSpec } from '../fieldspec.ts'
import { flagAt, mapAt, mapsAt } from '../file.ts'
import { idOfRoot, isSelected } from '../resid.ts'
import { mergeSpecs, specOf } from '../specs.ts'
import { keyNode } from '../resource.ts'
import { wrongKind } from '../setter.ts'
import { reportIdleField } from './idle.ts'

const metadataLabels: FieldSpec = {
  group: '',
  version: '',
  kind: '',
  path: 'metadata/labels',
  create: true,
}

/** `labels:` in their order, then `commonLabels:`. */
export const labelTransforms: ReadTransforms = context => {
  const { file, specs } = context
  const transforms = mapsAt(file.root, 'labels').map(label =>
    withIdleFields(
      context,
      label,
      addEntries(mapAt(label, 'pairs'), labelSpecs(label, context), 'label'),
    ),
  )
  const common = mapAt(file.root, 'commonLabels')
  // The transformer of commonLabels runs, and is noted, also where there are none.
  if (common === undefined && transforms.length === 0) return []
  return [...transforms, addEntries(common, specs.commonLabels, 'label')]
}

/** The same transform, which says first which of the entry's own `fields` concern no object. */
function withIdleFields(context: Context, label: MapNode, run: Transform): Transform {
  const fields = mapsAt(label, 'fields')
  if (fields.length === 0) return run
  return map => {
    for (const field of fields)
      if (!map.resources.some(({ root }) => concerns(specOf(field), root)))
        reportIdleField(context, field)
    run(map)
  }
}

/** Whether a spec finds its field in an object, or may make it there. */
function concerns(spec: FieldSpec, root: MapNode): boolean {
  if (!isSelected(idOfRoot(root), spec)) return false
  let found = spec.create
  const set = (node: Node): Node => {
    found = true
    return node
  }
  editPath(root, { ...spec, create: false }, { set })
  return found
}

function labelSpecs(label: MapNode, { specs }: Context): readonly FieldSpec[] {
  const own = mergeSpecs(mapsAt(label, 'fields').map(specOf), specs.labels, label)
  if (flagAt(label, 'includeSelectors')) return mergeSpecs(own, specs.commonLabels, label)
  const withTemplates = flagAt(label, 'includeTemplates')
    ? mergeSpecs(own, specs.templateLabels, label)
    : own
  return mergeSpecs(withTemplates, [metadataLabels], label)
}

export const annotationTransforms: ReadTransforms = ({ file, specs }) => {
  const common = mapAt(file.root, 'commonAnnotations')
  return common ? [addEntries(common, specs.commonAnnotations, 'annotation')] : []
}

/** Sets entries in the maps that the specs name (api/filters/labels, api/filters/annotations). */
export function addEntries(
  entries: MapNode | undefined,
  specs: readonly FieldSpec[],
  by: string,
): Transform {
  if (entries === undefined || entries.size === 0) return () => {}
  return map => {
    for (const resource of map.resources)
      for (const [at, key] of entries.keys.entries()) {
        const value = entries.values[at]
        if (value?.kind === 'scalar') resource.root = addEntry(resource.root, key, value, specs, by)
      }
  }
}

/** One entry; where it is new, all its places hold one node, and change together from then on. */
function addEntry(
  root: MapNode,
  key: Scalar,
  value: Scalar,
  specs: readonly FieldSpec[],
  by: string,
): MapNode {
  const added = stringNode(value.text, value, { by })
  const written = new Set<Node>()
  const set = (node: Node, writes: SharedWrites): Node => {
    if (node.kind === 'scalar' && typeOf(node) === 'null') return node
    if (node.kind !== 'map') throw wrongKind(node, 'map')
    const old = node.get(key.text)
    if (old && written.has(old)) return node
    const entry = old ? stringNode(value.text, value, { by, from: old }) : added
    written.add(entry)
    if (old) writes.write(old, entry)
    return node.with(node.key(key.text) ?? keyNode(key.text, key, by), entry)
  }
  const create = (): Node => new MapNode([], [], value, false, { by })
  return editFields(root, specs, { by, set, create })
}
