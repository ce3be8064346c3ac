import { Refusal } from '../kube/refusal.ts'
import type { Span } from '../text/source.ts'
import type { MapNode } from '../yaml/node.ts'
import type { FieldSpec } from './fieldspec.ts'
import type { FieldSpecs, NameReference } from './fieldspecs.ts'
import { flagAt, textAt } from './file.ts'
import fields from './generated/fields.json' with { type: 'json' }
import { type Gvk, isSelected } from './resid.ts'
import { compareGvk } from './sort.ts'

const written: FieldSpecs = {
  namePrefix: fields.namePrefix.map(readSpec),
  nameSuffix: fields.nameSuffix.map(readSpec),
  namespace: fields.namespace.map(readSpec),
  commonLabels: fields.commonLabels.map(readSpec),
  labels: fields.labels.map(readSpec),
  templateLabels: fields.templateLabels.map(readSpec),
  commonAnnotations: fields.commonAnnotations.map(readSpec),
  varReference: fields.varReference.map(readSpec),
  images: fields.images.map(readSpec),
  replicas: fields.replicas.map(readSpec),
  nameReference: fields.nameReference.map(([target, specs]) => ({
    ...readGvk(String(target)),
    fieldSpecs: Array.isArray(specs) ? specs.map(readSpec) : [],
  })),
}

function readSpec(text: string): FieldSpec {
  const create = text.startsWith('+')
  const [group = '', version = '', kind = '', path = ''] = text.slice(create ? 1 : 0).split('|')
  return { group, version, kind, path, create }
}

function readGvk(text: string): Gvk {
  const [group = '', version = '', kind = ''] = text.split('|')
  return { group, version, kind }
}

/** A field spec as people write it (`group`, `version`, `kind`, `path`, `create`). */
export function specOf(map: MapNode): FieldSpec {
  return {
    group: textAt(map, 'group'),
    version: textAt(map, 'version'),
    kind: textAt(map, 'kind'),
    path: textAt(map, 'path'),
    create: flagAt(map, 'create'),
  }
}

/**
 * Adds specs to a table (types.FsSlice MergeAll): one whose path is there for a kind that it selects
 * is dropped, or refused where `create` differs.
 */
export function mergeSpecs(
  into: readonly FieldSpec[],
  more: readonly FieldSpec[],
  at?: Span,
): readonly FieldSpec[] {
  if (more.length === 0 || into === more) return into
  const byPath = Map.groupBy(into, spec => spec.path)
  const merged = [...into]
  for (const spec of more) {
    const known = byPath.get(spec.path)
    const same = known?.find(one => isSelected(one, spec))
    if (same === undefined) {
      merged.push(spec)
      if (known) known.push(spec)
      else byPath.set(spec.path, [spec])
    } else if (same.create !== spec.create) throw new Refusal('conflicting fieldspecs', at)
  }
  return merged.length === into.length ? into : merged
}

/** Merges whole tables and sorts them (builtinconfig TransformerConfig.Merge). */
export function mergeAllSpecs(into: FieldSpecs, more: FieldSpecs, at?: Span): FieldSpecs {
  if (more === noSpecs || into === more) return into
  if (into === noSpecs && isBuiltin(more)) return more
  const merge = (a: readonly FieldSpec[], b: readonly FieldSpec[]): readonly FieldSpec[] => {
    const merged = mergeSpecs(a, b, at)
    return merged === a ? a : sortedOnce(merged)
  }
  return {
    namePrefix: merge(into.namePrefix, more.namePrefix),
    nameSuffix: merge(into.nameSuffix, more.nameSuffix),
    namespace: merge(into.namespace, more.namespace),
    commonLabels: merge(into.commonLabels, more.commonLabels),
    labels: merge(into.labels, more.labels),
    templateLabels: merge(into.templateLabels, more.templateLabels),
    commonAnnotations: merge(into.commonAnnotations, more.commonAnnotations),
    varReference: merge(into.varReference, more.varReference),
    images: merge(into.images, more.images),
    replicas: merge(into.replicas, more.replicas),
    nameReference: mergeReferences(into.nameReference, more.nameReference, at),
  }
}

function isBuiltin(specs: FieldSpecs): boolean {
  return specs !== written && specs === builtinSpecs
}

const sortedTables = new WeakMap<readonly FieldSpec[], readonly FieldSpec[]>()

function sortedOnce(table: readonly FieldSpec[]): readonly FieldSpec[] {
  const known = sortedTables.get(table)
  if (known) return known
  const sorted = [...table].sort(compareGvk)
  sortedTables.set(table, sorted)
  sortedTables.set(sorted, sorted)
  return sorted
}

function mergeReferences(
  into: readonly NameReference[],
  more: readonly NameReference[],
  at: Span | undefined,
): readonly NameReference[] {
  if (into === more || more.length === 0) return into
  const merged = [...into]
  for (const one of more) {
    const i = merged.findIndex(
      known =>
        known.group === one.group && known.version === one.version && known.kind === one.kind,
    )
    const known = merged[i]
    if (known === undefined) merged.push(one)
    else merged[i] = { ...known, fieldSpecs: mergeSpecs(known.fieldSpecs, one.fieldSpecs, at) }
  }
  return merged.sort(compareGvk)
}

export const noSpecs: FieldSpecs = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  commonAnnotations: [],
  nameReference: [],
  varReference: [],
  images: [],
  replicas: [],
}

/** Kustomize 5.8.1's own tables, merged into nothing as it does: repetitions fall out. */
export const builtinSpecs: FieldSpecs = mergeAllSpecs(noSpecs, written)
