import { isNull, textOf, untyped } from '../../kube/cell.ts'
import type { Id } from '../../kube/object.ts'
import { Refusal } from '../../kube/refusal.ts'
import { type MapNode, type Node, Scalar } from '../../yaml/node.ts'
import { mapAt, scalarAt, textAt } from '../file.ts'
import { lookUp, splitDotted } from '../path.ts'
import { idText, isSelected } from '../resid.ts'
import type { Resource } from '../resource.ts'
import type { ResourceMap } from '../resourcemap.ts'

/**
 * The value that a replacement copies: `sourceValue`, or a field of the one resource that its source
 * names. The answer is a question, because a target can change the field it is read from.
 */
export function readSource(map: ResourceMap, entry: MapNode): () => Node {
  const source = mapAt(entry, 'source')
  const value = entry.get('sourceValue')
  if (value !== undefined && source !== undefined)
    throw new Refusal('value and resource selectors are mutually exclusive', entry)
  if (value?.kind === 'scalar') {
    const plain = untyped(new Scalar(value.text, 'plain', undefined, 'v3', value))
    return () => plain
  }
  if (source === undefined)
    throw new Refusal('replacements must specify a source and at least one target', entry)
  const resource = selectSource(map, source)
  const path = splitDotted(textAt(source, 'fieldPath') || 'metadata.name')
  const first = fieldOf(resource, path, source)
  const options = mapAt(source, 'options')
  const delimiter = textAt(options, 'delimiter')
  if (delimiter === '') return () => lookUp(resource.root, path) ?? first
  const part = partOf(first, delimiter, Number(textAt(options, 'index') || '0'), source)
  return () => part
}

/** Here upstream does not ask whether a kind has namespaces: what is written counts. */
function selectSource(map: ResourceMap, source: MapNode): Resource {
  const wanted = wantedId(source)
  const isWanted = (id: Resource['id']): boolean =>
    (wanted.name === '' || wanted.name === id.name) &&
    (wanted.namespace === '' || wanted.namespace === (id.namespace || 'default')) &&
    isSelected(id, wanted)
  const [found, second] = map.resources.filter(resource => resource.allIds.some(isWanted))
  if (found && !second) return found
  const words = found ? 'multiple matches for selector' : 'nothing selected by'
  const path = scalarAt(source, 'fieldPath')
  throw new Refusal(`${words} ${idText(wanted)}${path ? `:${path.text}` : ''}`, source)
}

function wantedId(source: MapNode): Id {
  return {
    group: textAt(source, 'group'),
    version: textAt(source, 'version'),
    kind: textAt(source, 'kind'),
    name: textAt(source, 'name'),
    namespace: textAt(source, 'namespace'),
  }
}

function fieldOf(resource: Resource, path: readonly string[], source: MapNode): Node {
  const node = lookUp(resource.root, path)
  const isEmpty =
    node === undefined ||
    isNull(node) ||
    (node.kind === 'map' && node.size === 0) ||
    (node.kind === 'list' && node.items.length === 0)
  if (!isEmpty) return node
  const name = textAt(source, 'fieldPath') || 'metadata.name'
  throw new Refusal(
    `fieldPath \`${name}\` is missing for replacement source ${idText(wantedId(source))}`,
    source,
  )
}

function partOf(node: Node, delimiter: string, index: number, source: MapNode): Node {
  if (node.kind !== 'scalar')
    throw new Refusal('delimiter option can only be used with scalar nodes', node)
  const parts = textOf(node).split(delimiter)
  const text = parts[index]
  if (text === undefined || index < 0)
    throw new Refusal(`options.index ${index} is out of bounds for the value`, source)
  return new Scalar(text, node.style, node.tag, node.reader, node, {
    by: 'replacement',
    from: node,
  })
}
