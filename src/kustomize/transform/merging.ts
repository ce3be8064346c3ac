import { isNull, textNode, untyped } from '../../kube/cell.ts'
import { mergePatch } from '../../kube/merge.ts'
import { Refusal } from '../../kube/refusal.ts'
import { MapNode, type Node, plainNode, Scalar, stringNode } from '../../yaml/node.ts'
import type { Context } from '../context.ts'
import { idKey, idText } from '../resid.ts'
import type { Resource } from '../resource.ts'
import type { ResourceMap } from '../resourcemap.ts'
import { textsOf } from '../select.ts'
import { reportCopied, watchMerge } from './traps.ts'

/** Merges a patch into one object; kind, name and namespace stay unless the patch may change them. */
export function mergeInto(resource: Resource, patch: Resource, context: Context): void {
  if (patch.allowNameChange || patch.allowKindChange) resource.storePreviousId()
  const before = resource.root
  const watch = watchMerge(context, patch, before)
  const merged = mergePatch(patch.root, before, context.findMergeType, watch)
  if (merged?.kind !== 'map') {
    resource.root = new MapNode([], [], before)
    return
  }
  let root = merged
  if (!patch.allowKindChange) root = restore(root, before, 'kind')
  const metadata = mapOf(root.get('metadata'))
  const old = mapOf(before.get('metadata'))
  if (metadata && old) {
    let meta = patch.allowNameChange ? metadata : restore(metadata, old, 'name')
    meta = restore(meta, old, 'namespace')
    const key = root.key('metadata')
    if (key) root = root.with(key, meta)
  }
  reportCopied(context, patch.root, root)
  resource.root = root
  if (takesAnnotations(patch.root)) resource.forgetNotes()
}

/** Whether a patch takes all annotations away, kustomize's own notes with them. */
function takesAnnotations(patch: MapNode): boolean {
  const metadata = mapOf(patch.get('metadata'))
  const annotations = metadata?.get('annotations')
  if (annotations?.kind === 'scalar') return isNull(annotations)
  return [metadata, mapOf(annotations)].some(map => {
    const directive = map?.get('$patch')
    return directive?.kind === 'scalar' && /^(?:replace|delete)$/.test(directive.text)
  })
}

function restore(map: MapNode, before: MapNode, key: string): MapNode {
  const value = before.get(key)
  const name = before.key(key)
  if (value === undefined || name === undefined) return map.without(key)
  if (value.kind !== 'scalar') return map.with(name, value)
  return value.text === '' ? map.without(key) : map.with(name, untyped(value))
}

function mapOf(node: Node | undefined): MapNode | undefined {
  return node?.kind === 'map' ? node : undefined
}

/**
 * Merges a patch into each selected object, as kustomize does with a target: the patch takes the
 * object's apiVersion, its labels and annotations become texts, ids must stay unique.
 */
export function mergeIntoSelected(
  map: ResourceMap,
  selected: ReadonlySet<Resource>,
  patch: Resource,
  context: Context,
): void {
  if (selected.size === 0) return
  const texts = withTexts(withTexts(patch.root, 'labels'), 'annotations')
  for (const resource of selected) {
    const copy = patch.copy()
    copy.allowNameChange = patch.allowNameChange
    copy.allowKindChange = patch.allowKindChange
    copy.root = adopt(texts, resource)
    mergeInto(resource, copy, context)
    if (!resource.isEmpty && !resource.root.has('apiVersion'))
      resource.root = withNoVersion(resource.root, patch.root)
  }
  const seen = new Set<string>()
  for (const { id, isEmpty, root } of map.resources) {
    const key = idKey(id)
    if (!isEmpty && seen.has(key))
      throw new Refusal(`may not add resource with an already registered id: ${idText(id)}`, root)
    seen.add(key)
  }
}

/**
 * An apiVersion that was missing is written without a text: the style is that of the patch's, and what is
 * not in quotes reads as null.
 */
function withNoVersion(root: MapNode, patch: MapNode): MapNode {
  const written = patch.get('apiVersion')
  const isQuoted = written?.kind === 'scalar' && written.style !== 'plain'
  const none = (isQuoted ? stringNode : plainNode)('', patch, { by: 'patch' })
  return root.with(stringNode('apiVersion', patch), none)
}

/** The patch with the apiVersion of its target. */
function adopt(patch: MapNode, { root }: Resource): MapNode {
  const key = patch.key('apiVersion') ?? stringNode('apiVersion', patch)
  const value = root.get('apiVersion')
  return value === undefined ? patch.without('apiVersion') : patch.with(key, value)
}

/** `null` in labels becomes a text like any other; an empty map goes. */
export function withTexts(root: MapNode, field: string): MapNode {
  const metadata = mapOf(root.get('metadata'))
  const map = metadata?.get(field)
  const key = root.key('metadata')
  if (metadata === undefined || map === undefined || key === undefined) return root
  const texts = textsOf(root, field)
  if (map.kind !== 'map' || texts.size === 0) return root.with(key, metadata.without(field))
  const values = map.values.map(value =>
    textNode(value.kind === 'scalar' ? value.text : '', value, value.made),
  )
  const name = metadata.key(field)
  if (name === undefined) return root
  const keys = map.keys.map(one => new Scalar(one.text, 'plain', undefined, 'v3', one, one.made))
  return root.with(key, metadata.with(name, new MapNode(keys, values, map, map.flow, map.made)))
}
