import type { Scalar } from '../../yaml/node.ts'
import { plainNode } from '../../yaml/node.ts'
import type { ReadTransforms, Transform } from '../context.ts'
import { editField, type FieldSpec } from '../fieldspec.ts'
import { scalarAt } from '../file.ts'
import { type Gvk, isSelected } from '../resid.ts'
import type { Resource } from '../resource.ts'
import { withText } from '../setter.ts'

/** What keeps its name (api/internal/builtins PrefixTransformer). */
const SKIPPED: readonly Gvk[] = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
]

type Side = 'prefix' | 'suffix'

export const prefixTransforms: ReadTransforms = ({ file, specs }) => {
  const prefix = scalarAt(file.root, 'namePrefix')
  return prefix ? [addAffix('prefix', prefix, specs.namePrefix)] : []
}

export const suffixTransforms: ReadTransforms = ({ file, specs }) => {
  const suffix = scalarAt(file.root, 'nameSuffix')
  return suffix ? [addAffix('suffix', suffix, specs.nameSuffix)] : []
}

/** Puts a text before or behind names; the fields are judged by the first id an object had. */
export function addAffix(side: Side, affix: Scalar, specs: readonly FieldSpec[]): Transform {
  return map => {
    for (const resource of map.resources) {
      const id = resource.originalId
      if (SKIPPED.some(gvk => isSelected(id, gvk))) continue
      for (const spec of specs) if (isSelected(id, spec)) addTo(resource, side, affix, spec)
    }
  }
}

function addTo(resource: Resource, side: Side, affix: Scalar, spec: FieldSpec): void {
  if (spec.path === 'metadata/name') {
    if (side === 'prefix') resource.addPrefix(affix.text)
    else resource.addSuffix(affix.text)
    if (affix.text !== '') resource.storePreviousId()
  }
  const by = side === 'prefix' ? 'name-prefix' : 'name-suffix'
  resource.root = editField(resource.root, spec, {
    by,
    create: () => plainNode('', affix, { by }),
    set: node => {
      const old = node.kind === 'scalar' ? node.text : ''
      return withText(node, side === 'prefix' ? affix.text + old : old + affix.text, affix, by)
    },
  })
}
