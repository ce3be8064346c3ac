import { formatId, idOf } from '../../kube/object.ts'
import { isCrd } from '../../schema/crd/kinds.ts'
import type { MapNode } from '../../yaml/node.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { type ManifestFile, manifestsOf, readDocuments } from './documents.ts'
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
  return files.flatMap(file =>
    readDocuments(file).flatMap(document => {
      const manifests = manifestsOf(document)
      if (manifests.length === 0) return [judgeDocument(document)]
      return manifests.map(manifest => judgeManifest(manifest, all))
    }),
  )
}

/** The CRDs among manifest files. */
export function crdsOf(files: readonly ManifestFile[]): MapNode[] {
  const named = files.filter(({ bytes }) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('CustomResourceDefinition'),
  )
  const roots = named.flatMap(readDocuments).flatMap(manifestsOf)
  return roots.map(one => one.root).filter(isCrd)
}

/** The objects of manifest files by identity: what the cluster has before an update. */
export function objectsOf(files: readonly ManifestFile[]): Map<string, MapNode> {
  const roots = files
    .flatMap(readDocuments)
    .flatMap(manifestsOf)
    .map(one => one.root)
  return new Map(roots.map(root => [formatId(idOf(root)), root]))
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
