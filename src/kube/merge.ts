import { ListNode, MapNode, type Node, type Scalar } from '../yaml/node.ts'
import {
  type Cell,
  demandKind,
  isAbsent,
  isNull,
  quotedIfOther,
  replaceNode,
  textOf,
} from './cell.ts'
import { demandDirective, takeDirective } from './directive.ts'
import { SharedWrites } from './shared.ts'
import { listOf, mergeByKey } from './mergelist.ts'
import type { FindMergeType, MergeType } from './mergekeys.ts'
import type { Watch } from './watch.ts'

/**
 * Strategic merge as kustomize 5.8.1 does it (kyaml yaml/merge2, MergeOptions Prepend), with the
 * data it loses: `watch` is told. Undefined: the patch deletes the target. Throws `Refusal` where
 * kyaml refuses.
 */
export function mergePatch(
  patch: Node,
  target: Node,
  find: FindMergeType,
  watch?: Watch,
): Node | undefined {
  const origin = { node: patch }
  const walk = new Walk(find, watch)
  const merged = walk.walk({ node: target }, origin, undefined)
  // kustomize looks at the target it passed in, so a root that is replaced as a whole stays as it was.
  if (merged === origin) return target
  return merged && walk.writes.apply(merged.node)
}

class Walk {
  readonly writes = new SharedWrites()
  readonly #find: FindMergeType
  readonly #watch: Watch | undefined
  /** The patch's key of the value that is walked. */
  #key: Scalar | undefined

  constructor(find: FindMergeType, watch: Watch | undefined) {
    this.#find = find
    this.#watch = watch
  }

  /** What stands at a place after the merge: one of the two cells, changed, or a new one. */
  walk(
    dest: Cell | undefined,
    origin: Cell | undefined,
    known: MergeType | undefined,
  ): Cell | undefined {
    const present = isAbsent(dest) ? origin : dest
    const kind = present === undefined || isNull(present.node) ? undefined : present.node.kind
    if (kind !== undefined) {
      demandKind(dest?.node, kind)
      demandKind(origin?.node, kind)
    }
    if (kind === 'scalar') return origin ?? dest
    const type = known ?? this.#typeOf(dest) ?? this.#typeOf(origin)
    return kind === 'list' ? this.#list(dest, origin, type) : this.#map(dest, origin, type)
  }

  /** An object inside an object has its own type where nothing else is known. */
  #typeOf(cell: Cell | undefined): MergeType | undefined {
    if (cell?.node.kind !== 'map') return undefined
    const apiVersion = cell.node.get('apiVersion')
    const kind = cell.node.get('kind')
    if (apiVersion === undefined || kind === undefined || isNull(apiVersion) || isNull(kind))
      return undefined
    return this.#find(textOf(apiVersion), textOf(kind))
  }

  #map(
    dest: Cell | undefined,
    origin: Cell | undefined,
    type: MergeType | undefined,
  ): Cell | undefined {
    const base = chooseMap(dest, origin)
    if (base === undefined) return undefined
    // What only the patch has is walked with itself: nulls and directives fall out of it.
    const other = base === dest ? origin : base
    if (base.node.kind !== 'map') return base
    const patch = other?.node.kind === 'map' ? other.node : undefined
    const into =
      patch && base === dest && base.node.size === 0 ? inStyleOf(base.node, patch) : base.node
    base.node = this.#fields(into, base === other ? base.node : patch, type)
    return base
  }

  #fields(dest: MapNode, patch: MapNode | undefined, type: MergeType | undefined): MapNode {
    const keys: Scalar[] = []
    const values: Node[] = []
    let changed = false
    for (const [at, key] of dest.keys.entries()) {
      const old = dest.values[at]
      if (old === undefined) continue
      const cell = { node: old }
      const origin = patch === dest ? cell : cellOf(patch?.get(key.text))
      this.#key = patch?.key(key.text)
      const merged = this.walk(cell, origin, type?.field(key.text))
      const node = merged && isKept(merged, cell, origin) ? merged.node : undefined
      const value = node && (merged === origin ? this.#replace(node, old) : this.#keep(node))
      changed ||= value !== old
      if (value === undefined) continue
      keys.push(key)
      values.push(value)
    }
    for (const [at, key] of (patch === dest ? [] : (patch?.keys ?? [])).entries()) {
      const brought = patch?.values[at]
      if (brought === undefined || dest.has(key.text)) continue
      const merged = this.walk(undefined, { node: brought }, type?.field(key.text))
      if (merged === undefined || isNull(merged.node)) continue
      changed = true
      keys.push(key)
      values.push(quotedIfOther(merged.node))
    }
    return changed ? new MapNode(keys, values, dest, dest.flow, dest.made) : dest
  }

  #replace(node: Node, old: Node): Node {
    if (node === old) return this.#keep(old)
    const fresh = replaceNode(node, this.writes.now(old))
    this.writes.write(old, fresh)
    return fresh
  }

  #keep(node: Node): Node {
    if (node.kind !== 'scalar') return node
    const fresh = quotedIfOther(this.writes.now(node))
    this.writes.write(node, fresh)
    return fresh
  }

  #list(
    dest: Cell | undefined,
    origin: Cell | undefined,
    type: MergeType | undefined,
  ): Cell | undefined {
    if (type?.keys === undefined) {
      if (dest?.node.kind === 'list' && origin?.node.kind === 'list')
        this.#replaced(dest.node, origin.node)
      return origin ?? dest
    }
    const base = chooseList(dest, origin)
    if (base === undefined || base.node.kind !== 'list') return base
    const items = base.node.items.map(node => ({ node }))
    const other = base === dest && origin !== dest ? origin : undefined
    const brought = base === dest && origin !== dest ? cellsOf(other) : items
    const { keys, element } = type
    const lost = (item: Node, kept: Node | undefined) => this.#watch?.lost(item, kept, keys)
    const walk = (a: Cell | undefined, b: Cell | undefined) => this.walk(a, b, element)
    return {
      node: listOf(mergeByKey(items, brought, keys, walk, lost), listInStyleOf(base.node, other)),
    }
  }

  #replaced(old: ListNode, by: ListNode): void {
    if (old !== by && this.#key) this.#watch?.replaced(this.#key, old, by)
  }
}

/** kyaml Merger.VisitMap: which of the two goes on, undefined where the field goes. */
function chooseMap(dest: Cell | undefined, origin: Cell | undefined): Cell | undefined {
  if (dest === undefined || isNull(dest.node)) {
    if (takeDirective(origin) === 'delete') return undefined
    // A null that somebody wrote stays; one that is only implied goes.
    const written = dest !== undefined && textOf(dest.node) !== ''
    return origin === undefined && written ? dest : origin
  }
  if (origin !== undefined && isNull(origin.node)) return undefined
  return chooseByDirective(dest, origin)
}

/** kyaml Merger.VisitList of an associative list. */
function chooseList(dest: Cell | undefined, origin: Cell | undefined): Cell | undefined {
  if (dest === undefined || isNull(dest.node)) return origin
  if (origin !== undefined && isNull(origin.node)) return undefined
  return chooseByDirective(dest, origin)
}

function chooseByDirective(dest: Cell, origin: Cell | undefined): Cell | undefined {
  const directive = demandDirective(origin)
  if (directive === 'delete') return undefined
  return directive === 'replace' ? origin : dest
}

/** What is merged into an empty map brings its style: `{}` becomes a block (kyaml Merger.SetStyle). */
function inStyleOf(empty: MapNode, patch: MapNode): MapNode {
  if (empty.flow === patch.flow) return empty
  return new MapNode(empty.keys, empty.values, empty, patch.flow, empty.made)
}

/** The same for an empty list. */
function listInStyleOf(node: ListNode, other: Cell | undefined): ListNode {
  const patch = other?.node
  if (node.items.length > 0 || patch?.kind !== 'list' || patch.flow === node.flow) return node
  return new ListNode(node.items, node, patch.flow, node.made)
}

function cellOf(node: Node | undefined): Cell | undefined {
  return node && { node }
}

function cellsOf(cell: Cell | undefined): Cell[] | undefined {
  return cell?.node.kind === 'list' ? cell.node.items.map(node => ({ node })) : undefined
}

/** Of nulls only the one that stood in the target and that the patch does not mention is kept. */
function isKept(merged: Cell, dest: Cell, origin: Cell | undefined): boolean {
  return !isNull(merged.node) || (merged === dest && origin === undefined)
}
