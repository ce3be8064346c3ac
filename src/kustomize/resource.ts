import type { Id } from '../kube/object.ts'
import { Refusal } from '../kube/refusal.ts'
import type { Span } from '../text/source.ts'
import { isShared, unshared } from '../kube/shared.ts'
import { MapNode, type Node, Scalar, stringNode } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { effectiveNamespace, idOfRoot } from './resid.ts'

/** What a generator's object does to one that exists; undefined: not generated. */
export type Behavior = 'create' | 'merge' | 'replace'

/** The value of kustomize's origin and transformation annotations (api/resource Origin). */
export interface Origin {
  readonly path?: string
  readonly configuredIn?: string
  readonly configuredBy?: {
    readonly apiVersion: string
    readonly kind: string
    readonly name?: string
    readonly namespace?: string
  }
}

/** Who has to know when an id changes: the map that indexes the resource. */
export interface Owner {
  idChanged(): void
}

/**
 * One object under construction: an immutable tree and the history that kustomize keeps on
 * annotations (api/resource Resource). Trees are shared between builds, resources are not: `copy`.
 */
export class Resource {
  #root: MapNode
  #id: Id | undefined
  #history: readonly Id[] = []
  /** How many names, namespaces and kinds upstream counts in its history. */
  #counts: readonly number[] = [0, 0, 0]
  #prefixes: readonly string[] = []
  #suffixes: readonly string[] = []
  owner: Owner | undefined
  /** Path of the file it was read from, or of the kustomization file that generated it. */
  readonly file: string
  behavior: Behavior | undefined
  /** Whether its name ends in a hash of its content once all is built. */
  needsHash = false
  #origin: Origin | undefined
  transformations: readonly Origin[] = []
  /** Names of the vars that take their value from it. */
  varNames: readonly string[] = []
  /** Only of patches: whether they may change the name or kind of their target. */
  allowNameChange = false
  allowKindChange = false

  constructor(root: MapNode, file: string) {
    this.#root = root
    this.file = file
  }

  get root(): MapNode {
    return this.#root
  }

  /** A root without fields means: dropped after the transformation (`$patch: delete`). */
  set root(root: MapNode) {
    if (root === this.#root) return
    const before = this.#id
    this.#root = root
    this.#id = undefined
    if (before === undefined || !sameId(before, this.id)) this.owner?.idChanged()
  }

  get id(): Id {
    return (this.#id ??= idOfRoot(this.#root))
  }

  /**
   * Earlier ids, oldest first; their namespace is the effective one, their version today's. Upstream
   * keeps them in lists with commas, which leave out what is empty: where their lengths differ, as for
   * encrypted names with a comma, it cannot read them; without any name it sees none at all.
   */
  get previousIds(): readonly Id[] {
    const [names = 0, ...others] = this.#counts
    if (names === 0) return []
    if (others.some(count => count !== names)) throw new Refusal(GARBLED, this.#root)
    const { group, version } = this.id
    if (this.#history.every(id => id.group === group && id.version === version))
      return this.#history
    return this.#history.map(id => ({ ...id, group, version }))
  }

  get originalId(): Id {
    return this.previousIds[0] ?? this.id
  }

  /** Earlier ids and the current one, oldest first. */
  get allIds(): readonly Id[] {
    return [...this.previousIds, this.id]
  }

  get isEmpty(): boolean {
    return this.#root.size === 0
  }

  /** Puts today's id into the history, before a change of name, namespace or kind. */
  storePreviousId(): void {
    const id = { ...this.id, namespace: effectiveNamespace(this.id) }
    this.#history = [...this.#history, id]
    const parts = [id.name, id.namespace, id.kind]
    this.#counts = this.#counts.map((count, at) => count + countParts(parts[at] ?? ''))
    this.owner?.idChanged()
  }

  get origin(): Origin | undefined {
    return this.#origin
  }

  /** kustomize writes it into the annotations, all of which it writes anew then. */
  set origin(origin: Origin | undefined) {
    this.#origin = origin
    if (origin) this.#root = writeAnnotations(this.#root)
  }

  /** Where it was read: this adds one annotation and leaves the others as they are. */
  readFrom(origin: Origin | undefined): void {
    this.#origin = origin
  }

  addTransformation(origin: Origin): void {
    this.transformations = [...this.transformations, origin]
    this.#root = writeAnnotations(this.#root)
  }

  /** Forgets all that kustomize notes in annotations: a patch took them away. */
  forgetNotes(): void {
    this.#history = []
    this.#counts = [0, 0, 0]
    this.#prefixes = []
    this.#suffixes = []
    this.#origin = undefined
    this.transformations = []
    this.behavior = undefined
    this.needsHash = false
    this.owner?.idChanged()
  }

  get prefixes(): readonly string[] {
    return this.#prefixes
  }

  get suffixes(): readonly string[] {
    return this.#suffixes
  }

  addPrefix(prefix: string): void {
    if (prefix !== '') this.#prefixes = [...this.#prefixes, ...prefix.split(',')]
  }

  addSuffix(suffix: string): void {
    if (suffix !== '') this.#suffixes = [...this.#suffixes, ...suffix.split(',')]
  }

  /** Another resource over the same tree, with the same history. */
  copy(): Resource {
    const copy = new Resource(this.#root, this.file)
    copy.#id = this.#id
    copy.takeHistory(this)
    copy.behavior = this.behavior
    copy.needsHash = this.needsHash
    copy.#origin = this.#origin
    copy.transformations = this.transformations
    copy.allowNameChange = this.allowNameChange
    copy.allowKindChange = this.allowKindChange
    return copy
  }

  /** Takes over what the other one was called before. */
  takeHistory(other: Resource): void {
    this.#history = other.#history
    this.#counts = other.#counts
    this.#prefixes = other.#prefixes
    this.#suffixes = other.#suffixes
    this.varNames = other.varNames
    this.owner?.idChanged()
  }
}

/** kustomize writes its notes into the annotations, and each value anew: a text, a node of its own. */
function writeAnnotations(root: MapNode): MapNode {
  const metadata = root.get('metadata')
  const annotations = metadata?.kind === 'map' ? metadata.get('annotations') : undefined
  if (metadata?.kind !== 'map' || annotations?.kind !== 'map') return root
  if (annotations.values.every(isOwnText)) return root
  const values = annotations.values.map(ownText)
  const { keys, flow, made } = annotations
  const own = new MapNode(keys, values, annotations, flow, made)
  const [outer, inner] = [root.key('metadata'), metadata.key('annotations')]
  return outer && inner ? root.with(outer, metadata.with(inner, own)) : root
}

const GARBLED =
  'number of previous names, number of previous namespaces, number of previous kinds not equal'

function countParts(text: string): number {
  return text === '' ? 0 : text.split(',').length
}

function isOwnText(node: Node): boolean {
  return (
    node.kind === 'scalar' &&
    node.tag === undefined &&
    node.style !== 'folded' &&
    typeOf(node) === 'string' &&
    !isShared(node)
  )
}

function ownText(node: Node): Node {
  if (isOwnText(node)) return node
  if (node.kind !== 'scalar') return stringNode('', node, { by: 'annotation', from: node })
  const isText = typeOf(node) === 'string' && node.tag === undefined
  if (isText && node.style !== 'folded') return unshared(node)
  return stringNode(node.text, node, { by: 'annotation', from: node })
}

function sameId(a: Id, b: Id): boolean {
  return (
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.kind === b.kind &&
    a.version === b.version &&
    a.group === b.group
  )
}

/** A key that a transformation adds; it is plain, so `true` as a key is no string (and refused). */
export function keyNode(text: string, at: Span, by: string): Scalar {
  return new Scalar(text, 'plain', undefined, 'v3', at, { by })
}
