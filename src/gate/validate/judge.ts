import { formatId, idOf, scalarText } from '../../kube/object.ts'
import { judgeKind } from '../../kube/kind.ts'
import { judge, judgeUpdate } from '../../kube/verdict.ts'
import type { Schemas } from '../../schema/schemas.ts'
import { twice } from '../../schema/twice.ts'
import type { Diagnostic, Finding } from '../../text/diagnostic.ts'
import type { MapNode } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value.ts'
import { detached } from '../../yaml/word.ts'
import type { Manifest, ManifestDocument } from './documents.ts'

/** What became of one document or resource. */
export type Status = 'valid' | 'invalid' | 'skipped' | 'error' | 'empty'

/** What a manifest calls itself, as text; empty where it does not. */
export interface Identity {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

const nobody: Identity = { apiVersion: '', kind: '', namespace: '', name: '' }

/** Where a document stands; its tree is kept only where a report has to show it. */
export interface DocumentPlace {
  readonly path: string
  readonly index: number
  readonly line: number
  readonly shown: ManifestDocument | undefined
}

function placeOf(document: ManifestDocument, isShown: boolean): DocumentPlace {
  const { path, index, line } = document
  return { path, index, line, shown: isShown ? document : undefined }
}

/** What is said of one resource. `error`: it could not be judged (no YAML, no kind, no schema). */
export interface ManifestVerdict {
  /** `apiVersion Kind [namespace/]name`; undefined for what is no manifest. */
  readonly object: string | undefined
  readonly identity: Identity
  readonly document: DocumentPlace
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
    object: undefined,
    identity: nobody,
    document: placeOf(document, diagnostics.length > 0),
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

/** `namespace: n` is a boolean to the server's reader, and shown as one. */
export function identityOf(root: MapNode): Identity {
  const metadata = root.get('metadata')
  const meta = metadata?.kind === 'map' ? metadata : undefined
  const generate = scalarText(meta, 'generateName')
  return {
    apiVersion: detached(scalarText(root, 'apiVersion')),
    kind: detached(scalarText(root, 'kind')),
    namespace: detached(plainText(meta, 'namespace')),
    name: detached(
      plainText(meta, 'name') || (generate === '' ? '' : `${generate}{{ generateName }}`),
    ),
  }
}

function plainText(node: MapNode | undefined, key: string): string {
  const value = node?.get(key)
  if (value?.kind !== 'scalar') return ''
  const plain = valueOf(value)
  return typeof plain === 'string' ? plain : plain === null ? '' : JSON.stringify(plain)
}

/** A verdict on a manifest, its findings under its name. */
export function verdictOn(
  { document, root }: Manifest,
  status: Status,
  diagnostics: readonly Diagnostic[],
): ManifestVerdict {
  const object = nameOf(root)
  return {
    object,
    identity: identityOf(root),
    document: placeOf(document, diagnostics.length > 0),
    status,
    diagnostics: diagnostics.map(one => {
      const name = one.object ?? object
      return name === undefined ? one : { ...one, object: name }
    }),
  }
}

/** What a document says that it is; undefined where it says nothing. */
function nameOf(root: MapNode): string | undefined {
  const name = formatId(idOf(root))
  return name.trim() === '' ? undefined : detached(name)
}

/** Judges one manifest on every version asked for. */
export function judgeManifest(manifest: Manifest, options: JudgeOptions): ManifestVerdict {
  const { root } = manifest
  const id = idOf(root)
  const verdict = (status: Status, found: readonly Diagnostic[]): ManifestVerdict =>
    verdictOn(manifest, status, found)
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
    [...options.schemas].map(
      ([minor, schemas]) => [minor, judgeOn(manifest, schemas, options.base)] as const,
    ),
  )
  return verdict(found.some(one => one.level === 'error') ? 'invalid' : 'valid', found)
}

function isKustomization(group: string): boolean {
  return group === 'kustomize.config.k8s.io'
}

function asError(kind: Finding | undefined): Diagnostic[] {
  return kind === undefined ? [] : [{ ...kind, level: 'error' }]
}

function judgeOn({ root }: Manifest, schemas: Schemas, base: JudgeOptions['base']): Diagnostic[] {
  const object = { id: idOf(root), root }
  const old = base?.get(formatId(object.id))
  const kind = judgeKind(object, schemas)
  const isServed = kind?.code !== 'unknown-kind' && kind?.code !== 'removed-api'
  const said = !isServed
    ? []
    : old === undefined
      ? judge(object, schemas)
      : judgeUpdate({ id: object.id, root: old }, object, schemas)
  return [...(kind === undefined ? [] : [kind]), ...said].map(withLevel)
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
