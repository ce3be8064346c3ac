import { isNull, textOf } from '../../kube/cell.ts'
import { Refusal } from '../../kube/refusal.ts'
import { ListNode, MapNode, type Node, plainNode, Scalar, stringNode } from '../../yaml/node.ts'
import { parse } from '../../yaml/parse.ts'
import type { Context, Transform } from '../context.ts'
import { splitPath } from '../fieldspec.ts'
import { mapAt, mapsAt, scalarAt, textAt } from '../file.ts'
import { isElement, splitElement } from '../path.ts'
import { readTarget, selectResources } from '../select.ts'
import { wrongKind } from '../setter.ts'
import { applyNamespace } from './namespace.ts'

const BY = 'value'

/** A ValueAddTransformer: writes one value into fields, or into one place of the file path there. */
export function addValue(context: Context, config: MapNode): Transform {
  const written = scalarAt(config, 'value')
  const folder = context.file.directory.split('/').at(-1) ?? ''
  const text = written?.text.trim() || folder
  const value = new Scalar(text, 'plain', undefined, 'v3', written ?? config, { by: BY })
  const targets = [...mapsAt(config, 'targets'), ...targetsIn(context, config)]
  if (targets.length === 0) throw new Refusal('must specify at least one target', config)
  for (const target of targets) {
    if (textAt(target, 'fieldPath') === '') throw new Refusal('fieldPath cannot be empty', target)
    if (positionOf(target) < 0)
      throw new Refusal('value of FilePathPosition cannot be negative', target)
  }
  return map => {
    for (const target of targets) {
      const selector = mapAt(target, 'selector')
      const selected = selector ? selectResources(map, readTarget(selector)) : map.resources
      const path = textAt(target, 'fieldPath')
      const options = {
        namespace: value,
        specs: [],
        unsetOnly: false,
        subjects: 'defaultOnly',
      } as const
      for (const resource of selected)
        if (path === 'metadata/namespace') applyNamespace(resource, options)
        else resource.root = addTo(resource.root, path, value, positionOf(target))
    }
  }
}

function positionOf(target: MapNode): number {
  return Number(textAt(target, 'filePathPosition') || '0')
}

function targetsIn(context: Context, config: MapNode): readonly MapNode[] {
  const path = scalarAt(config, 'targetFilePath')
  if (path === undefined) return []
  const { documents, problem } = parse(context.load(path.text, path), 'v2')
  if (problem) throw new Refusal(problem.message, problem)
  const root = documents[0]?.root
  return root?.kind === 'map' ? mapsAt(root, 'targets') : []
}

function addTo(root: MapNode, path: string, value: Scalar, position: number): MapNode {
  const parts = splitPath(path).filter(part => part.trim() !== '')
  const edited = setAt(root, parts, old => {
    if (old.kind !== 'scalar') throw wrongKind(old, 'scalar')
    const before = old.made?.by === BY && !old.made.from ? '' : textOf(old)
    const text = position > 0 ? insertPart(before, position - 1, value.text) : value.text
    const style = isNull(old) || old.style === 'plain' ? 'plain' : 'double'
    return new Scalar(text, style, undefined, 'v3', value, { by: BY, from: old })
  })
  return edited.kind === 'map' ? edited : root
}

/** Edits the node at a path and makes what is missing on the way (kyaml LookupCreate). */
function setAt(node: Node, parts: readonly string[], edit: (old: Node) => Node): Node {
  const [part, ...rest] = parts
  if (part === undefined) return edit(node)
  if (isElement(part)) return setElementAt(node, part, rest, edit)
  if (node.kind !== 'map') throw wrongKind(node, 'map')
  const old = node.get(part) ?? makeFor(rest[0], node)
  return node.with(node.key(part) ?? stringNode(part, node, { by: BY }), setAt(old, rest, edit))
}

function setElementAt(
  node: Node,
  part: string,
  rest: readonly string[],
  edit: (old: Node) => Node,
): Node {
  if (node.kind !== 'list') throw wrongKind(node, 'list')
  const [name, text] = splitElement(part, node)
  const at = node.items.findIndex(item => {
    const field = name === '' ? item : item.kind === 'map' ? item.get(name) : undefined
    return field !== undefined && textOf(field) === text
  })
  const value = plainNode(text, node, { by: BY })
  const made = name === '' ? value : new MapNode([stringNode(name, node)], [value], node)
  const edited = setAt(node.items[at] ?? made, rest, edit)
  const items = at === -1 ? [...node.items, edited] : node.items.with(at, edited)
  return new ListNode(items, node, node.flow, node.made)
}

function makeFor(next: string | undefined, at: Node): Node {
  if (next === undefined) return plainNode('', at, { by: BY })
  if (isElement(next)) return new ListNode([], at, false, { by: BY })
  return new MapNode([], [], at, false, { by: BY })
}

/** kyaml filesys.InsertPathPart: a leading slash stays in front. */
function insertPart(path: string, position: number, part: string): string {
  const parts = path === '' ? [] : path === '/' ? [''] : path.replace(/\/$/, '').split('/')
  const at = Math.min(position, parts.length)
  const isAbsolute = parts[0] === '' && at < parts.length
  const all = parts.toSpliced(at + (isAbsolute ? 1 : 0), 0, part)
  const joined = all.filter(one => one !== '' && one !== '.').join('/')
  return all[0] === '' ? `/${joined}` : joined
}
