import { formatId, idOf } from '../../kube/object.ts'
import { isCrd } from '../../schema/crd/kinds.ts'
import type { MapNode } from '../../yaml/node.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import {
  type ManifestDocument,
  type ManifestFile,
  manifestsOf,
  readDocuments,
} from './documents.ts'
import { judgeDocument, type JudgeOptions, judgeManifest, type ManifestVerdict } from './judge.ts'

/**
 * Reads and judges manifest files as they stand, one after another, so that only what has findings
 * stays in memory; CRDs among them give schemas to the rest.
 */
export function validateFiles(
  files: readonly ManifestFile[],
  options: JudgeOptions,
): ManifestVerdict[] {
  const crds = crdsOf(files)
  const schemas = new Map(
    [...options.schemas].map(([minor, one]) => [minor, one.withCrds(crds)] as const),
  )
  const all = { ...options, schemas }
  const verdicts: ManifestVerdict[] = []
  for (const document of documentsIn(files)) {
    const manifests = manifestsOf(document)
    if (manifests.length === 0) verdicts.push(judgeDocument(document))
    for (const manifest of manifests) verdicts.push(judgeManifest(manifest, all))
  }
  return verdicts
}

/** The documents of files, one after another. */
export function* documentsIn(files: readonly ManifestFile[]): Iterable<ManifestDocument> {
  for (const file of files) yield* readDocuments(file)
}

/** The roots of all objects; no more than one document is held in full. */
function* rootsOf(files: readonly ManifestFile[]): Iterable<MapNode> {
  for (const document of documentsIn(files))
    for (const { root } of manifestsOf(document)) yield root
}

/** The CRDs among manifest files. */
export function crdsOf(files: readonly ManifestFile[]): MapNode[] {
  const named = files.filter(({ bytes }) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('CustomResourceDefinition'),
  )
  const crds: MapNode[] = []
  for (const root of rootsOf(named)) if (isCrd(root)) crds.push(root)
  return crds
}

/** The objects of manifest files by identity: what the cluster has before an update. */
export function objectsOf(files: readonly ManifestFile[]): Map<string, MapNode> {
  return new Map([...rootsOf(files)].map(root => [formatId(idOf(root)), root]))
}

/** One entry of the JSON report's `documents`: everything said of one document. */
export interface DocumentReport {
  readonly path: string
  readonly index: number
  readonly line: number
  readonly object: string | undefined
  readonly status: 'valid' | 'invalid' | 'skipped'
  readonly diagnostics: readonly Diagnostic[]
}

/** What was said, document by document; empty ones are left out. */
export function documentReports(verdicts: readonly ManifestVerdict[]): DocumentReport[] {
  const groups = Map.groupBy(verdicts, ({ document }) => `${document.index}\0${document.path}`)
  return [...groups.values()].flatMap(all => {
    const [first] = all
    if (first === undefined || all.every(one => one.status === 'empty')) return []
    const diagnostics = all.flatMap(verdict => verdict.diagnostics)
    const isInvalid = diagnostics.some(one => one.level === 'error')
    const isSkipped = all.every(one => one.status === 'skipped')
    const { path, index, line } = first.document
    const status = isInvalid ? 'invalid' : isSkipped ? 'skipped' : 'valid'
    return [{ path, index, line, object: first.object, status, diagnostics }]
  })
}
