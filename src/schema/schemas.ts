import type { Finding } from '../text/diagnostic.ts'
import type { MapNode } from '../yaml/node.ts'
import type { Bundle, KindEntry } from './bundle.ts'
import { crdBundle } from './crd/kinds.ts'
import { type Issues, toFinding } from './issue.ts'
import { type KindTable, kindTable, type Lookup, lookupKind } from './lookup.ts'
import { walkChange } from './cel/rules.ts'
import { walkRoot } from './root.ts'
import { type Type, TypeTable } from './type.ts'

export type { Lookup } from './lookup.ts'

/** The kinds that one cluster version serves, and what their schemas (CEL included) say of an object. */
export interface Schemas {
  readonly kubernetesVersion: string
  lookup(group: string, version: string, kind: string): Lookup
  /** Findings of structure and CEL, in the API server's words; the object's kind must be known. */
  check(root: MapNode, group: string, version: string, kind: string): readonly Finding[]
  /** What CEL's transition rules say of an object that is stored as `old`. */
  checkChange(
    old: MapNode,
    root: MapNode,
    group: string,
    version: string,
    kind: string,
  ): readonly Finding[]
  /** These schemas and the kinds that some CustomResourceDefinitions define. */
  withCrds(crds: readonly MapNode[]): Schemas
}

/** A kind with its schema, made on first use. */
interface Known {
  readonly entry: KindEntry
  readonly table: TypeTable
  type?: Type
}

/** Bundles laid over each other: a later one wins where two define a kind. */
interface Layers {
  readonly bundles: readonly Bundle[]
  readonly known: ReadonlyMap<string, Known>
  readonly table: TypeTable | undefined
  readonly keeps: boolean
}

/**
 * Schemas out of bundles: the cluster's own kinds first, then those of CRDs. Nothing is compiled
 * before an object needs it. `keeps`: what was judged once is not judged again; for manifests that share
 * no nodes that is only weight.
 */
export function createSchemas(bundles: readonly Bundle[], keeps = true): Schemas {
  return schemasOf(lay({ bundles: [], known: new Map(), table: undefined, keeps }, bundles))
}

function lay(below: Layers, bundles: readonly Bundle[]): Layers {
  let { known, table } = below
  let kept = [...below.bundles]
  for (const bundle of bundles) {
    table = new TypeTable(bundle.types, table, below.keeps)
    // A whole cluster: what it does not serve does not exist, whatever came before.
    if (bundle.complete) kept = []
    const more = new Map(bundle.complete ? [] : known)
    for (const entry of bundle.kinds)
      more.set(keyOf(entry.group, entry.version, entry.kind), { entry, table })
    known = more
    kept.push(bundle)
  }
  return { bundles: kept, known, table, keeps: below.keeps }
}

function schemasOf(layers: Layers): Schemas {
  const { bundles, known } = layers
  const kinds = kindTable(bundles)
  const schemas: Schemas = {
    kubernetesVersion: bundles.find(bundle => bundle.name !== 'flux')?.version ?? '',
    lookup: (group, version, kind) => lookup(kinds, known, group, version, kind),
    check: (root, group, version, kind) => {
      const one = known.get(keyOf(group, version, kind))
      return one === undefined ? [] : issuesOf(root, one).map(toFinding)
    },
    checkChange: (old, root, group, version, kind) => {
      const one = known.get(keyOf(group, version, kind))
      return one?.entry.custom === true ? walkChange(old, root, typeOf(one)).map(toFinding) : []
    },
    withCrds: crds => (crds.length === 0 ? schemas : schemasOf(lay(layers, [crdBundle(crds)]))),
  }
  return schemas
}

function keyOf(group: string, version: string, kind: string): string {
  return `${group}/${version}/${kind}`
}

function lookup(
  kinds: KindTable,
  known: ReadonlyMap<string, Known>,
  group: string,
  version: string,
  kind: string,
): Lookup {
  const one = known.get(keyOf(group, version, kind))
  if (one !== undefined) return { ok: true, namespaced: one.entry.namespaced }
  return lookupKind(kinds, group, version, kind)
}

function typeOf(known: Known): Type {
  const { entry, table } = known
  return (known.type ??= table.named(entry.type, entry.custom))
}

function issuesOf(root: MapNode, known: Known): Issues {
  return walkRoot(root, typeOf(known), known.entry)
}
