import type { Bundle } from './bundle.ts'
import { nearest } from './nearest.ts'

export type Lookup =
  | { readonly ok: true; readonly namespaced: boolean }
  /** `group`: nobody has shown us this group; `version`, `kind`: the known group does not serve it. */
  | {
      readonly ok: false
      readonly missing: 'group' | 'version' | 'kind'
      readonly nearest?: string | undefined
    }

/** Kinds by version by group. */
export type KindTable = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>

export function kindTable(bundles: readonly Bundle[]): KindTable {
  const groups = new Map<string, Map<string, Set<string>>>()
  for (const { group, version, kind } of bundles.flatMap(bundle => bundle.kinds)) {
    const versions = groups.get(group) ?? new Map<string, Set<string>>()
    const kinds = versions.get(version) ?? new Set<string>()
    groups.set(group, versions.set(version, kinds.add(kind)))
  }
  return groups
}

/** What is missing of a kind that nobody serves, and what was probably meant. */
export function lookupKind(
  table: KindTable,
  group: string,
  version: string,
  kind: string,
): Lookup & { readonly ok: false } {
  const versions = table.get(group)
  if (versions === undefined) return unknownGroup(table, group, version, kind)
  const serving = [...versions].filter(([, kinds]) => kinds.has(kind)).map(([name]) => name)
  if (serving.length > 0)
    return { ok: false, missing: 'version', nearest: apiVersion(group, serving.at(-1) ?? '') }
  const near = nearest(
    kind,
    [...versions.values()].flatMap(kinds => [...kinds]),
  )
  if (near === undefined && !versions.has(version))
    return { ok: false, missing: 'version', nearest: undefined }
  return { ok: false, missing: 'kind', nearest: near }
}

/** A group one or two letters away from a known one is a slip; any other may be somebody's CRD. */
function unknownGroup(
  table: KindTable,
  group: string,
  version: string,
  kind: string,
): Lookup & { readonly ok: false } {
  const elsewhere = [...table].find(([, versions]) => versions.get(version)?.has(kind) === true)
  const near = nearest(group, table.keys())
  const slip = near !== undefined && near !== '' ? near : undefined
  const isBuiltIn = !group.includes('.') && elsewhere !== undefined
  const meant = slip ?? (isBuiltIn ? elsewhere[0] : undefined)
  if (meant === undefined) return { ok: false, missing: 'group', nearest: undefined }
  return { ok: false, missing: 'version', nearest: apiVersion(meant, version) }
}

function apiVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`
}
