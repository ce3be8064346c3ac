import { Refusal } from '../kube/refusal.ts'
import { SharedWrites } from '../kube/shared.ts'
import { ListNode, MapNode, type Node } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { type Gvk, idOfRoot, idText, isSelected } from './resid.ts'
import { keyNode } from './resource.ts'

/** A path to fields of some kinds: `spec/template/metadata/labels`; `[]` never creates. */
export interface FieldSpec extends Gvk {
  readonly path: string
  readonly create: boolean
}

/** What to do with the fields that a spec finds. */
export interface Edit {
  /**
   * The new node for the one found; the same node leaves all as it is. What it writes over nodes below
   * the found one is told to `writes`.
   */
  readonly set: (node: Node, writes: SharedWrites) => Node
  /** Makes a field that is absent or null where the spec says `create`: an empty map or scalar. */
  readonly create?: (() => Node) | undefined
  /** The transformation by name, for the keys that it adds. */
  readonly by?: string
}

const paths = new Map<string, readonly string[]>()

/** Splits at `/`; `\/` is a slash inside a name, one leading slash means nothing (kyaml PathSplitter). */
export function splitPath(path: string): readonly string[] {
  const known = paths.get(path)
  if (known) return known
  const parts = path.split('/')
  if (parts.length > 1 && parts[0] === '') parts.shift()
  const names: string[] = []
  for (const part of parts) {
    const last = names.at(-1)
    if (last?.endsWith('\\')) names[names.length - 1] = `${last.slice(0, -1)}/${part}`
    else names.push(part)
  }
  paths.set(path, names)
  return names
}

const selections = new WeakMap<readonly FieldSpec[], Map<string, readonly FieldSpec[]>>()

/** The specs of a table that concern a kind; asked once for each kind. */
export function specsFor(specs: readonly FieldSpec[], gvk: Gvk): readonly FieldSpec[] {
  const key = `${gvk.group}/${gvk.version}/${gvk.kind}`
  let byKind = selections.get(specs)
  if (byKind === undefined) selections.set(specs, (byKind = new Map()))
  const known = byKind.get(key)
  if (known) return known
  const selected = specs.filter(spec => isSelected(gvk, spec))
  byKind.set(key, selected)
  return selected
}

/** Edits the fields of an object that the specs of a table name, one spec after the other. */
export function editFields(root: MapNode, specs: readonly FieldSpec[], edit: Edit): MapNode {
  return specsFor(specs, idOfRoot(root)).reduce((at, spec) => editPath(at, spec, edit), root)
}

/**
 * Edits the fields of an object that a spec names (api/filters/fieldspec). Lists are passed through.
 * Throws `Refusal` where the path runs into a scalar.
 */
export function editField(root: MapNode, spec: FieldSpec, edit: Edit): MapNode {
  return isSelected(idOfRoot(root), spec) ? editPath(root, spec, edit) : root
}

/** As `editField`, whatever the kind of the object is. */
export function editPath(root: MapNode, spec: FieldSpec, edit: Edit): MapNode {
  try {
    const walk = new Walk(spec, edit)
    const edited = walk.writes.apply(walk.node(root, splitPath(spec.path), 0))
    return edited.kind === 'map' ? edited : root
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(
      `considering field '${spec.path}' of object ${idText(idOfRoot(root))}: ${error.message}`,
      error.at ?? root,
    )
  }
}

/** A map that was made on the way stands where what it was made for stands. */
function atContent(node: Node): Node {
  const [first] = node.kind === 'map' && node.made ? node.values : []
  if (node.kind !== 'map' || first === undefined) return node
  return new MapNode(node.keys, node.values, first, node.flow, node.made)
}

class Walk {
  readonly writes = new SharedWrites()
  readonly #spec: FieldSpec
  readonly #edit: Edit

  constructor(spec: FieldSpec, edit: Edit) {
    this.#spec = spec
    this.#edit = edit
  }

  node(node: Node, path: readonly string[], at: number): Node {
    if (at === path.length) return this.#set(node)
    if (node.kind === 'map') return this.#map(node, path, at)
    if (node.kind === 'list') return this.#list(node, path, at)
    if (typeOf(node) === 'null') return node
    throw new Refusal('expected sequence or mapping node', node)
  }

  #set(node: Node): Node {
    if (node.kind !== 'scalar') return this.#edit.set(node, this.writes)
    const fresh = this.#edit.set(this.writes.now(node), this.writes)
    this.writes.write(node, fresh)
    return fresh
  }

  #map(map: MapNode, path: readonly string[], at: number): MapNode {
    const part = path[at] ?? ''
    const name = part.endsWith('[]') ? part.slice(0, -2) : part
    if (name === '') throw new Refusal('cannot set or create an empty field name', map)
    const create = this.#creator(part !== name, at === path.length - 1)
    const key = map.key(name)
    let value = map.get(name)
    const isNull = value?.kind === 'scalar' && typeOf(value) === 'null'
    if (value === undefined || isNull) {
      const made = create?.(value ?? map)
      value = made === map ? undefined : (made ?? value)
    }
    if (value === undefined) return map
    const edited = this.node(value, path, at + 1)
    if (key) return map.with(key, edited)
    const placed = atContent(edited)
    return map.with(keyNode(name, placed, this.#edit.by ?? 'field'), placed)
  }

  /** What makes the field of this step, undefined where it is not to be made. */
  #creator(isList: boolean, isLast: boolean): ((at: Node) => Node) | undefined {
    // Only a null is made a list: `create` is for absent fields, and those this path never makes.
    if (isList) return at => (at.kind === 'scalar' ? new ListNode([], at) : at)
    const { create } = this.#edit
    if (!this.#spec.create || create === undefined) return undefined
    const by = this.#edit.by ?? 'field'
    return isLast ? create : at => new MapNode([], [], at, false, { by })
  }

  #list(list: ListNode, path: readonly string[], at: number): ListNode {
    let items: Node[] | undefined
    for (const [i, item] of list.items.entries()) {
      const edited = this.node(item, path, at)
      if (edited !== item) (items ??= [...list.items])[i] = edited
    }
    return items ? new ListNode(items, list, list.flow, list.made) : list
  }
}
