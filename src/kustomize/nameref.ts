import type { Id } from '../kube/object.ts'
import { Refusal } from '../kube/refusal.ts'
import { ListNode, type MapNode, type Node, type Scalar } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { editPath, type FieldSpec, specsFor } from './fieldspec.ts'
import type { NameReference } from './fieldspecs.ts'
import { type Candidates, findCandidates } from './referrals.ts'
import { type Gvk, idText, isClusterScoped, effectiveNamespace, isSelected } from './resid.ts'
import { keyNode, type Resource } from './resource.ts'
import type { ResourceMap } from './resourcemap.ts'
import { withText } from './setter.ts'

const BY = 'name-reference'

/**
 * Writes today's names where others refer to earlier ones (api/filters/nameref). Refuses a name that
 * could mean several objects. No message shows an object.
 */
export function fixReferences(map: ResourceMap, references: readonly NameReference[]): void {
  for (const referrer of map.resources) {
    const { originalId } = referrer
    const candidates = findCandidates(map, referrer)
    for (const target of references)
      for (const spec of specsFor(target.fieldSpecs, originalId))
        new Fixer(referrer, target, spec, candidates).run()
  }
}

class Fixer {
  readonly #referrer: Resource
  readonly #target: Gvk
  readonly #spec: FieldSpec
  readonly #candidates: Candidates

  constructor(referrer: Resource, target: Gvk, spec: FieldSpec, candidates: Candidates) {
    this.#referrer = referrer
    this.#target = target
    this.#spec = spec
    this.#candidates = candidates
  }

  run(): void {
    try {
      this.#referrer.root = editPath(this.#referrer.root, this.#spec, {
        by: BY,
        set: node => this.#set(node),
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new Refusal(
        `updating name reference in '${this.#spec.path}' field of '${idText(this.#referrer.id)}': ${error.message}`,
        error.at ?? this.#referrer.root,
      )
    }
  }

  #set(node: Node): Node {
    if (node.kind === 'map') return this.#map(node)
    if (node.kind === 'scalar') return typeOf(node) === 'null' ? node : this.#scalar(node)
    const items = node.items.map(item => this.#item(item))
    if (items.every((item, i) => item === node.items[i])) return node
    return new ListNode(items, node, node.flow, node.made)
  }

  #item(item: Node): Node {
    if (item.kind === 'list')
      throw new Refusal('is expected to be either a string or a map of string', item)
    return this.#set(item)
  }

  #scalar(node: Scalar): Node {
    const referral = this.#select(node.text, undefined, node)
    return referral ? renamed(node, referral) : node
  }

  #map(node: MapNode): Node {
    const name = node.get('name')
    const key = node.key('name')
    if (name === undefined || key === undefined)
      throw new Refusal("path config error; no 'name' field in node", node)
    const namespace = node.get('namespace')
    const written = namespace?.kind === 'scalar' ? namespace.text : ''
    const oldName = name.kind === 'scalar' ? name.text : ''
    const referral = this.#select(oldName, namespace && written, node)
    if (referral === undefined) return node
    const { id } = referral
    if (id.name === oldName && id.namespace === '') return node
    const fixed = node.with(key, renamed(name, referral))
    if (id.namespace === '') return fixed
    const value = metadataScalar(referral, 'namespace') ?? key
    const old = namespace ?? keyNode('', value, BY)
    return fixed.with(
      node.key('namespace') ?? keyNode('namespace', value, BY),
      written === id.namespace && namespace
        ? namespace
        : withText(old, id.namespace, value, BY, value),
    )
  }

  /** The object that a name means; `namespace` is what stands beside the name in a map. */
  #select(name: string, namespace: string | undefined, at: Node): Resource | undefined {
    let found = this.#candidates.named(name, namespace)
    if (found.length === 0) return undefined
    found = found.filter(one => one.previousIds.some(id => isSelected(id, this.#target)))
    const role = this.#roleRef()
    if (role) found = found.filter(one => one.previousIds.some(id => isSelected(id, role)))
    found = found.filter(one => this.#sharesNamespace(one.id))
    if (found.length <= 1) return found[0]
    found = found.filter(one => sameAffixes(one, this.#referrer, true))
    if (found.length > 1) found = found.filter(one => sameAffixes(one, this.#referrer, false))
    const [first] = found
    if (first === undefined || found.every(one => isSame(one.id, first.id, at))) return first
    const ids = found.map(one => idText(one.id)).join(', ')
    throw new Refusal(`found multiple possible referrals: ${ids}`, at)
  }

  /** What a binding itself says of the kind of its role. */
  #roleRef(): Gvk | undefined {
    if (!this.#spec.path.endsWith('roleRef/name')) return undefined
    const roleRef = this.#referrer.root.get('roleRef')
    if (roleRef?.kind !== 'map') return undefined
    const group = roleRef.get('apiGroup')
    const kind = roleRef.get('kind')
    if (group?.kind !== 'scalar' || kind?.kind !== 'scalar') return undefined
    if (typeOf(group) === 'null' || typeOf(kind) === 'null') return undefined
    return { group: group.text, version: '', kind: kind.text }
  }

  #sharesNamespace(id: Id): boolean {
    const referrer = this.#referrer.id
    if (isClusterScoped(referrer) || isClusterScoped(id) || id.kind === 'ServiceAccount')
      return true
    return effectiveNamespace(id) === effectiveNamespace(referrer)
  }
}

/** From a map both name and namespace are taken, from a scalar only the name. */
function isSame(a: Id, b: Id, at: Node): boolean {
  return a.name === b.name && (at.kind !== 'map' || a.namespace === b.namespace)
}

function renamed(node: Node, referral: Resource): Node {
  const { name } = referral.id
  if (node.kind === 'scalar' && node.text === name) return node
  const copied = metadataScalar(referral, 'name')
  return withText(node, name, copied ?? referral.root, BY, copied)
}

function metadataScalar(resource: Resource, field: string): Scalar | undefined {
  const metadata = resource.root.get('metadata')
  const value = metadata?.kind === 'map' ? metadata.get(field) : undefined
  return value?.kind === 'scalar' ? value : undefined
}

/** Whether both were given the same prefixes and suffixes, counted from the outermost. */
function sameAffixes(a: Resource, b: Resource, allowEmpty: boolean): boolean {
  return sameEnd(a.prefixes, b.prefixes, allowEmpty) && sameEnd(a.suffixes, b.suffixes, allowEmpty)
}

function sameEnd(a: readonly string[], b: readonly string[], allowEmpty: boolean): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length === 0) return allowEmpty || long.length === 0
  const shift = long.length - short.length
  return short.every((text, i) => text === long[i + shift])
}
