import { isTagless, textOf, untyped } from '../../kube/cell.ts'
import { Refusal } from '../../kube/refusal.ts'
import { SharedWrites } from '../../kube/shared.ts'
import { ListNode, MapNode, type Node, plainNode, Scalar } from '../../yaml/node.ts'
import { parse } from '../../yaml/parse.ts'
import { typeOf } from '../../yaml/value.ts'
import type { Context, ReadTransforms, Transform } from '../context.ts'
import { decode } from '../decode.ts'
import { flagAt, itemsAt, mapAt, mapsAt, scalarAt, scalarsAt, textAt } from '../file.ts'
import { matchPath } from '../matchpath.ts'
import { splitDotted } from '../path.ts'
import type { Resource } from '../resource.ts'
import type { ResourceMap } from '../resourcemap.ts'
import { fitsId, fitsMetadata, readTarget, type Selector } from '../select.ts'
import { replacement as shape } from '../shapes.ts'
import { editInText } from '../structured.ts'
import { reportIdle } from './idle.ts'
import { readSource } from './source.ts'

/** `replacements` (ReplacementTransformer). */
export const readReplacements: ReadTransforms = context => {
  const entries = mapsAt(context.file.root, 'replacements')
  return entries.length === 0 ? [] : [readReplacementList(context, entries)]
}

/** The entries of a list of replacements, each written there or in a file that `path` names. */
export function readReplacementList(context: Context, entries: readonly MapNode[]): Transform {
  const all = entries.flatMap(entry => readEntry(context, entry))
  return map => {
    for (const one of all) replaceAll(context, map, one)
  }
}

function readEntry(context: Context, entry: MapNode): readonly MapNode[] {
  const path = scalarAt(entry, 'path')
  if (path === undefined) return [entry]
  if (entry.has('source') || itemsAt(entry, 'targets').length > 0)
    throw new Refusal('cannot specify both path and inline replacement', entry)
  const { documents, problem } = parse(context.load(path.text, path), 'v2')
  const root = documents[0]?.root
  if (root === undefined || root.kind === 'scalar')
    throw new Refusal(
      problem?.message ?? 'unsupported replacement type encountered within replacement path',
      problem ?? path,
    )
  return root.kind === 'map' ? [decoded(root)] : root.items.map(item => decoded(item))
}

/** A replacement in a file of its own: unknown fields are passed over. */
function decoded(node: Node): MapNode {
  if (node.kind !== 'map')
    throw new Refusal('json: cannot unmarshal into Go value of type types.Replacement', node)
  const { root, problems } = decode(node, shape)
  const wrong = problems.find(problem => problem.kind === 'type')
  if (wrong) throw new Refusal(wrong.message, wrong.at)
  return root
}

function replaceAll(context: Context, map: ResourceMap, entry: MapNode): void {
  const targets = itemsAt(entry, 'targets')
  if ((!entry.has('sourceValue') && !entry.has('source')) || targets.length === 0)
    throw new Refusal('replacements must specify a source and at least one target', entry)
  const source = readSource(map, entry)
  for (const target of targets) {
    if (target.kind === 'map') replaceInTarget(context, map, target, source)
  }
}

/** The value as it stands now: a target may change the field it is taken from. */
type ReadValue = () => Node

function replaceInTarget(
  context: Context,
  map: ResourceMap,
  target: MapNode,
  value: ReadValue,
): void {
  const node = mapAt(target, 'select')
  if (node === undefined) throw new Refusal('target must specify resources to select', target)
  const select = readTarget(node)
  const rejects = mapsAt(target, 'reject').map(readTarget)
  const selected = map.resources.filter(resource => isTarget(resource, select, rejects))
  if (selected.length === 0) reportIdle(context, 'replacement', select)
  const paths = scalarsAt(target, 'fieldPaths')
  const names = paths.length > 0 ? paths : [plainNode('metadata.name', target)]
  for (const resource of selected)
    for (const path of names) copyValue(resource, value(), path, mapAt(target, 'options'))
}

function isTarget(resource: Resource, select: Selector, rejects: readonly Selector[]): boolean {
  if (!fitsMetadata(select, resource)) return false
  const ids = resource.allIds
  const isRejected = rejects.some(
    reject =>
      ((reject.labels !== '' || reject.annotations !== '') && fitsMetadata(reject, resource)) ||
      (hasId(reject) && ids.some(id => fitsId(reject, id))),
  )
  return !isRejected && ids.some(id => fitsId(select, id))
}

function hasId(selector: Selector): boolean {
  return Object.values(selector.patterns).some(pattern => pattern !== undefined)
}

function copyValue(
  resource: Resource,
  value: Node,
  fieldPath: Scalar,
  options: MapNode | undefined,
): void {
  const path = splitDotted(fieldPath.text)
  const isCreating = flagAt(options, 'create')
  const create = isCreating ? value.kind : undefined
  const match = { at: fieldPath, value, create } as const
  const inText = editInText(resource.root, path, { ...match, edit: old => put(value, old) })
  if (inText?.kind === 'map') {
    resource.root = inText
    return
  }
  const verb = isCreating ? 'find or create' : 'find'
  const lost = `unable to ${verb} field "${fieldPath.text}" in replacement target`
  try {
    const writes = new SharedWrites()
    const edit = (old: Node): Node => {
      const fresh = setValue(value, writes.now(old), options)
      writes.write(old, fresh)
      return fresh
    }
    const { node, count } = matchPath(resource.root, path, { ...match, edit })
    if (count === 0) throw new Refusal(lost, fieldPath)
    const all = writes.apply(node)
    if (all.kind === 'map') resource.root = all
  } catch (error) {
    if (!(error instanceof Refusal) || error.message === lost) throw error
    throw new Refusal(`${lost}: ${error.message}`, error.at ?? fieldPath)
  }
}

/** Puts the value in its place, or one part of the text there that a delimiter separates. */
function setValue(value: Node, old: Node, options: MapNode | undefined): Node {
  const delimiter = textAt(options, 'delimiter')
  if (delimiter === '') return put(value, old)
  if (old.kind !== 'scalar')
    throw new Refusal('delimiter option can only be used with scalar nodes', old)
  const parts = splitText(old.text, delimiter)
  const index = Number(textAt(options, 'index') || '0')
  const text = textOf(value)
  if (index < 0) parts.unshift(text)
  else if (index >= parts.length) parts.push(text)
  else parts[index] = text
  return put(plainNode(parts.join(delimiter), value), old, value)
}

export function splitText(text: string, delimiter: string): string[] {
  return text.split(delimiter)
}

/** A scalar keeps its type and style and takes only the text; other nodes are exchanged. */
function put(value: Node, old: Node, copied = value): Node {
  const made = { by: 'replacement', from: old, copied }
  if (old.kind !== 'scalar') {
    if (value.kind === 'map') return new MapNode(value.keys, value.values, value, value.flow, made)
    if (value.kind === 'list') return new ListNode(value.items, value, value.flow, made)
    const fresh = new Scalar(value.text, value.style, value.tag, value.reader, value, made)
    return isTagless(value) ? untyped(fresh) : fresh
  }
  const text = textOf(value)
  if (isTagless(old))
    return new Scalar(text, 'plain', undefined, 'v3', value, { by: 'replacement', copied })
  const type = typeOf(old)
  const tag = old.tag ?? old.made?.tag ?? `tag:yaml.org,2002:${type === 'string' ? 'str' : type}`
  return new Scalar(text, old.style, tag, 'v3', value, made)
}
