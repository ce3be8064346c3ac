import { formatId, type KubeObject } from '../kube/object.ts'
import type { Span } from '../text/source.ts'
import { differences, type FieldChange } from './difference.ts'
import { scalarAt } from './fields.ts'
import { keyOf, namespaceName } from './kinds.ts'
import { MASKED } from './mask.ts'
import type { FluxKustomization, Model } from './model.ts'

/** An object that one Flux Kustomization applies on one side only, or differently. */
export interface ObjectChange {
  /** The entry point that leads to the Kustomization. */
  readonly entry: string
  /** `NAMESPACE/NAME` of the Kustomization. */
  readonly kustomization: string
  readonly kind: 'added' | 'changed' | 'removed'
  readonly object: string
  readonly at: Span
  /** What differs; empty where the whole object is new or gone. */
  readonly fields: readonly FieldChange[]
}

/** Two manifests of one object that both sides apply. */
export interface Pair {
  readonly before: KubeObject
  readonly after: KubeObject
  /** What applies it on the side of the head. */
  readonly owner: FluxKustomization
}

/** The objects that a Kustomization applies on both sides. */
export function* pairsOf(base: Model, head: Model): Iterable<Pair> {
  const known = new Map(base.kustomizations.map(one => [ownerKey(one), objectsOf(one)]))
  for (const owner of head.kustomizations) {
    const old = known.get(ownerKey(owner))
    if (old === undefined) continue
    for (const [key, after] of objectsOf(owner)) {
      const before = old.get(key)
      if (before) yield { before, after, owner }
    }
  }
}

/** Everything that differs between two models, by entry point and Kustomization; secret values are masked. */
export function changesBetween(base: Model, head: Model): ObjectChange[] {
  const owners = new Map(base.kustomizations.map(one => [ownerKey(one), one]))
  const changes = head.kustomizations.flatMap(now => {
    const old = owners.get(ownerKey(now))
    owners.delete(ownerKey(now))
    return changesIn(now, old && objectsOf(old), objectsOf(now))
  })
  return [...changes, ...[...owners.values()].flatMap(old => changesIn(old, objectsOf(old), none))]
}

const none: ReadonlyMap<string, KubeObject> = new Map()

function ownerKey({ cluster, object }: FluxKustomization): string {
  return `${cluster}\0${keyOf(object.id)}`
}

/** Encrypted objects as they are written: their made-up values would all be equal. */
function objectsOf(one: FluxKustomization): ReadonlyMap<string, KubeObject> {
  const objects = new Map(one.objects.map(object => [keyOf(object.id), object]))
  for (const object of one.encrypted) {
    const key = keyOf(object.id)
    const isDecrypted = objects.get(key)?.root.values.some(value => value.made?.secret === true)
    if (objects.has(key) && !isDecrypted)
      objects.set(key, { ...object, root: object.root.without('sops') })
  }
  return objects
}

function changesIn(
  owner: FluxKustomization,
  old: ReadonlyMap<string, KubeObject> = none,
  now: ReadonlyMap<string, KubeObject>,
): ObjectChange[] {
  const about = { entry: owner.cluster, kustomization: namespaceName(owner.object.id) }
  const change = (kind: ObjectChange['kind'], one: KubeObject, fields: readonly FieldChange[]) => ({
    ...about,
    kind,
    fields,
    object: formatId(one.id),
    at: scalarAt(one.root, 'metadata', 'name') ?? one.root,
  })
  const changes: ObjectChange[] = []
  for (const [key, after] of now) {
    const before = old.get(key)
    const fields = before ? fieldsOf(before, after) : []
    if (before === undefined) changes.push(change('added', after, []))
    else if (fields.length > 0) changes.push(change('changed', after, fields))
  }
  for (const [key, before] of old) if (!now.has(key)) changes.push(change('removed', before, []))
  return changes
}

function fieldsOf(before: KubeObject, after: KubeObject): readonly FieldChange[] {
  const fields = differences(before.root, after.root)
  if (fields.length === 0 || after.id.kind !== 'Secret') return fields
  return fields.map(one => {
    if (!/^(?:data|stringData)\b/.test(one.field)) return one
    const mask = (side: FieldChange['before']) => side && { ...side, text: MASKED }
    return { ...one, before: mask(one.before), after: mask(one.after) }
  })
}
