import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { isWithin } from './artifact.ts'
import { isGuessed } from './decrypt.ts'
import { scalarAt, textAt } from './fields.ts'
import { namespaceName } from './kinds.ts'
import type { Lookup, Placed } from './lookup.ts'
import type { FluxKustomization } from './model.ts'

const SSA = 'kustomize.toolkit.fluxcd.io/ssa'

/** Objects that two Kustomizations of one cluster apply: each undoes what the other does, and prunes it. */
export function* checkOwners(lookup: Lookup): Iterable<Finding> {
  const told = new Set<string>()
  for (const group of lookup.groups()) {
    const [first, ...others] = distinctOwners(group)
    if (first === undefined || isUnnamed(first.object)) continue
    for (const other of others) {
      const pair = `${namespaceName(first.owner.object.id)}\0${namespaceName(other.owner.object.id)}`
      const nested = nestedPath(first.owner, other.owner)
      const shared = first.object.root.source === other.object.root.source
      if ((nested || shared) && told.has(pair)) continue
      told.add(pair)
      yield nested ?? twoOwners(first, other, shared)
    }
  }
}

type Owned = Placed & { readonly owner: FluxKustomization }

function distinctOwners(group: readonly Placed[]): Owned[] {
  const found: Owned[] = []
  for (const { object, owner } of group) {
    if (owner === undefined || found.some(one => one.owner === owner)) continue
    const mode =
      textAt(object.root, 'metadata', 'annotations', SSA) ||
      textAt(object.root, 'metadata', 'labels', SSA)
    if (!/^(merge|ifnotpresent|ignore)$/i.test(mode)) found.push({ object, owner })
  }
  return found
}

/** Whether a variable that is not known here is in the name. */
function isUnnamed({ root }: KubeObject): boolean {
  return ['name', 'namespace'].some(key => {
    const node = scalarAt(root, 'metadata', key)
    return node !== undefined && isGuessed(node)
  })
}

/** One Kustomization's folder inside the other's, with the same files taken by both. */
function nestedPath(a: FluxKustomization, b: FluxKustomization): Finding | undefined {
  if (a.directory === undefined || b.directory === undefined) return undefined
  const [outer, inner] = isWithin(b.directory, a.directory) ? [a, b] : [b, a]
  if (!isWithin(inner.directory ?? '', outer.directory ?? '')) return undefined
  const taken = [...(inner.build?.files ?? [])].some(path => outer.build?.files.has(path))
  if (!taken) return undefined
  return {
    code: 'nested-path',
    message: `the path is inside that of Kustomization ${namespaceName(outer.object.id)}, which applies the same files`,
    at: scalarAt(inner.object.root, 'spec', 'path') ?? inner.object.root,
    object: formatId(inner.object.id),
    field: 'spec.path',
    related: [
      {
        span: scalarAt(outer.object.root, 'spec', 'path') ?? outer.object.root,
        text: 'inside here',
      },
    ],
    help: 'give the outer path a kustomization.yaml that lists only what it should apply, or move the inner folder',
  }
}

function twoOwners(first: Owned, other: Owned, shared: boolean): Finding {
  const name = namespaceName(other.owner.object.id)
  const at = shared
    ? (scalarAt(other.owner.object.root, 'spec', 'path') ?? other.owner.object.root)
    : (scalarAt(other.object.root, 'metadata', 'name') ?? other.object.root)
  return {
    code: 'duplicate-owner',
    message: `Kustomization ${name} applies ${formatId(other.object.id)}, and so does Kustomization ${namespaceName(first.owner.object.id)}`,
    at,
    object: formatId(other.object.id),
    related: [
      {
        span: scalarAt(first.object.root, 'metadata', 'name') ?? first.object.root,
        text: `applied by ${namespaceName(first.owner.object.id)} from here`,
      },
    ],
  }
}
