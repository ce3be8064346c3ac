import { formatId, idOf } from '../../kube/object.ts'
import { judgeKind } from '../../kube/kind.ts'
import { judge } from '../../kube/verdict.ts'
import type { Schemas } from '../../schema/schemas.ts'
import { twice } from '../../schema/twice.ts'
import type { Diagnostic, Finding } from '../../text/diagnostic.ts'
import type { MapNode } from '../../yaml/node.ts'
import type { Manifest, ManifestDocument } from './documents.ts'

/** What became of one document or resource. */
export type Status = 'valid' | 'invalid' | 'skipped' | 'error' | 'empty'

/** What is said of one resource. `error`: it could not be judged (no YAML, no kind, no schema). */
export interface ManifestVerdict {
  readonly manifest: Manifest | undefined
  readonly document: ManifestDocument
  readonly status: Status
  readonly diagnostics: readonly Diagnostic[]
}

export interface JudgeOptions {
  /** A kind that no schema is known for is passed over. */
  readonly ignoreMissing: boolean
  /** Schemas by Kubernetes minor; several = what fails on some of them alone is marked. */
  readonly schemas: ReadonlyMap<string, Schemas>
  /** What the cluster has: judges updates. */
  readonly base?: ReadonlyMap<string, MapNode>
  /** Whether duplicate keys are refused; kubeconform does so under `-strict` only. */
  readonly strictKeys: boolean
}

/** A document that is no manifest: empty, or not to be read. */
export function judgeDocument(document: ManifestDocument): ManifestVerdict {
  const { problem, root } = document
  const of = (status: Status, diagnostics: readonly Diagnostic[]): ManifestVerdict => ({
    manifest: undefined,
    document,
    status,
    diagnostics,
  })
  if (problem !== undefined)
    return of('error', [error('unparsable-yaml', problem.message, problem)])
  if (root === undefined) return of('empty', [])
  const message = 'error unmarshalling resource: json: cannot unmarshal into a map: not an object'
  return of('error', [error('unparsable-yaml', message, root)])
}

function error(code: string, message: string, at: Finding['at']): Diagnostic {
  return { code, level: 'error', message, at }
}

/** Judges one manifest on every version asked for. */
export function judgeManifest(manifest: Manifest, options: JudgeOptions): ManifestVerdict {
  const { document, root } = manifest
  const id = idOf(root)
  const verdict = (status: Status, diagnostics: readonly Diagnostic[]): ManifestVerdict => ({
    manifest,
    document,
    status,
    diagnostics: diagnostics.map(one => ({ ...one, object: one.object ?? formatId(id) })),
  })
  const double = options.strictKeys ? twice(root) : []
  if (double.length > 0) return verdict('error', double.map(withLevel))
  for (const key of ['kind', 'apiVersion'] as const) {
    const value = key === 'kind' ? id.kind : id.version
    if (value === '')
      return verdict('error', [error('missing-field', `missing '${key}' key`, root)])
  }
  if (isKustomization(id.group)) return verdict('skipped', [])
  const kinds = [...options.schemas.values()].map(schemas => judgeKind({ id, root }, schemas))
  if (kinds.every(kind => kind?.level === 'note'))
    return options.ignoreMissing
      ? verdict('skipped', [])
      : verdict('error', kinds.slice(0, 1).flatMap(asError))
  const found = mergeVersions(
    [...options.schemas].map(([minor, schemas]) => [minor, judgeOn(manifest, schemas)] as const),
  )
  return verdict(found.some(one => one.level === 'error') ? 'invalid' : 'valid', found)
}

function isKustomization(group: string): boolean {
  return group === 'kustomize.config.k8s.io'
}

function asError(kind: Finding | undefined): Diagnostic[] {
  return kind === undefined ? [] : [{ ...kind, level: 'error' }]
}

function judgeOn({ root }: Manifest, schemas: Schemas): Diagnostic[] {
  const object = { id: idOf(root), root }
  const kind = judgeKind(object, schemas)
  const isServed = kind?.code !== 'unknown-kind' && kind?.code !== 'removed-api'
  return [...(kind === undefined ? [] : [kind]), ...(isServed ? judge(object, schemas) : [])].map(
    withLevel,
  )
}

function withLevel(finding: Finding): Diagnostic {
  const fallback = finding.code === 'deprecated-api' ? 'warning' : 'error'
  return { ...finding, level: finding.level ?? fallback }
}

/** What every version says once; what only some say with their names. */
function mergeVersions(
  byMinor: readonly (readonly [string, readonly Diagnostic[]])[],
): Diagnostic[] {
  if (byMinor.length === 1) return [...(byMinor[0]?.[1] ?? [])]
  const seen = new Map<string, { readonly one: Diagnostic; readonly minors: string[] }>()
  for (const [minor, found] of byMinor)
    for (const one of found) {
      const key = `${one.code}\0${one.at.start}\0${one.message}`
      const entry = seen.get(key) ?? { one, minors: [] }
      if (!entry.minors.includes(minor)) entry.minors.push(minor)
      seen.set(key, entry)
    }
  return [...seen.values()].map(({ one, minors }) =>
    minors.length === byMinor.length
      ? one
      : { ...one, message: `${one.message} (Kubernetes ${minors.join(', ')} only)` },
  )
}
