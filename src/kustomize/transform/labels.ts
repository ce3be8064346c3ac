import { MapNode, type Node } from '../../yaml/node.ts'
import type { Context, ReadTransforms, Transform } from '../context.ts'
import { editFields, type FieldSpec } from '../fieldspec.ts'
import { flagAt, mapAt, mapsAt } from '../file.ts'
import { mergeSpecs, specOf } from '../specs.ts'
import { withEntry } from '../setter.ts'

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
    addEntries(mapAt(label, 'pairs'), labelSpecs(label, context), 'label'),
  )
  const common = mapAt(file.root, 'commonLabels')
  return common ? [...transforms, addEntries(common, specs.commonLabels, 'label')] : transforms
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
  const set = (node: Node): Node =>
    entries.keys.reduce((at, key, i) => {
      const value = entries.values[i]
      return value?.kind === 'scalar' ? withEntry(at, key, value, by) : at
    }, node)
  const edit = { by, set, create: () => new MapNode([], [], entries, false, { by }) }
  return map => {
    for (const resource of map.resources) resource.root = editFields(resource.root, specs, edit)
  }
}
