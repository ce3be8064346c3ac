import type { KubeObject } from '../kube/object.ts'
import { formatId } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node } from '../yaml/node.ts'
import { itemsAt, scalarAt, textAt } from './fields.ts'
import { isKustomization, isRelease, keyFor, keyOf, namespaceName } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import { nearest } from './nearest.ts'

interface Edge {
  readonly to: string
  readonly namespace: string
  readonly name: string
  readonly at: Node
}

/** The objects that others of their kind may depend on: Kustomizations, HelmReleases. */
export function dependents(lookup: Lookup): KubeObject[] {
  const found = new Map<string, KubeObject>()
  for (const { object, owner } of lookup.all()) {
    const key = keyOf(object.id)
    if ((isKustomization(object) || isRelease(object)) && (owner || !found.has(key)))
      found.set(key, object)
  }
  return [...found.values()]
}

export function dependenciesOf({ id, root }: KubeObject): Edge[] {
  return itemsAt(root, 'spec', 'dependsOn').map(item => {
    const namespace = textAt(item, 'namespace') || id.namespace
    const name = textAt(item, 'name')
    const at = scalarAt(item, 'name') ?? item
    return { to: keyFor(id.group, id.kind, namespace, name), namespace, name, at }
  })
}

/** `dependsOn` entries that exist nowhere, and those that lead back to where they start. */
export function* checkDependencies(
  lookup: Lookup,
  isElsewhere: (key: string) => boolean,
): Iterable<Finding> {
  const all = dependents(lookup)
  const byKey = new Map(all.map(object => [keyOf(object.id), object]))
  for (const object of all) {
    for (const edge of dependenciesOf(object)) {
      if (byKey.has(edge.to) || isElsewhere(edge.to)) continue
      if (lookup.has(object.id.group, object.id.kind, edge.namespace, edge.name)) continue
      const names = all.filter(one => one.id.kind === object.id.kind).map(one => one.id.name)
      const close = nearest(edge.name, names)
      yield {
        code: 'missing-dependency',
        message: `dependency '${edge.namespace}/${edge.name}' not found`,
        at: edge.at,
        object: formatId(object.id),
        field: 'spec.dependsOn',
        ...(close === undefined ? {} : { help: `did you mean ${close}?` }),
      }
    }
  }
  yield* cycles(all, byKey)
}

function* cycles(
  all: readonly KubeObject[],
  byKey: ReadonlyMap<string, KubeObject>,
): Iterable<Finding> {
  const settled = new Set<string>()
  for (const start of all) {
    const trail: { object: KubeObject; edge: Edge }[] = []
    const loop = walk(start, trail, byKey, settled)
    if (loop === undefined) continue
    const [first, ...rest] = loop
    if (first === undefined) continue
    const names = [...loop.map(one => namespaceName(one.object.id)), namespaceName(first.object.id)]
    yield {
      code: 'dependency-cycle',
      message: `dependsOn leads back to its start, so none of these is ever ready: ${names.join(' -> ')}`,
      at: first.edge.at,
      object: formatId(first.object.id),
      field: 'spec.dependsOn',
      related: rest.map(one => ({
        span: one.edge.at,
        text: `and ${one.object.id.name} from here`,
      })),
    }
  }
}

/** Depth first; the part of the trail that forms a loop, undefined where there is none. */
function walk(
  object: KubeObject,
  trail: { object: KubeObject; edge: Edge }[],
  byKey: ReadonlyMap<string, KubeObject>,
  settled: Set<string>,
): { object: KubeObject; edge: Edge }[] | undefined {
  const key = keyOf(object.id)
  const back = trail.findIndex(one => keyOf(one.object.id) === key)
  if (back !== -1) return trail.slice(back)
  if (settled.has(key)) return undefined
  for (const edge of dependenciesOf(object)) {
    const next = byKey.get(edge.to)
    if (next === undefined) continue
    const loop = walk(next, [...trail, { object, edge }], byKey, settled)
    if (loop !== undefined) {
      settled.add(key)
      return loop
    }
  }
  settled.add(key)
  return undefined
}

/** Every key that an object depends on, directly or through others. */
export function reaches(object: KubeObject, lookup: ReadonlyMap<string, KubeObject>): Set<string> {
  const seen = new Set<string>()
  const open = [object]
  for (let one = open.pop(); one !== undefined; one = open.pop())
    for (const { to } of dependenciesOf(one)) {
      if (seen.has(to)) continue
      seen.add(to)
      const next = lookup.get(to)
      if (next) open.push(next)
    }
  return seen
}
