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

/** Reads and judges manifest files as they stand; CRDs among them give schemas to the rest. */
export function validateFiles(
  files: readonly ManifestFile[],
  options: JudgeOptions,
): ManifestVerdict[] {
  const documents = files.flatMap(readDocuments)
  return judgeDocuments(documents, options)
}

/** The objects of manifest files by identity: what the cluster has before an update. */
export function objectsOf(files: readonly ManifestFile[]): Map<string, MapNode> {
  const roots = files
    .flatMap(readDocuments)
    .flatMap(manifestsOf)
    .map(one => one.root)
  return new Map(roots.map(root => [formatId(idOf(root)), root]))
}

export function judgeDocuments(
  documents: readonly ManifestDocument[],
  options: JudgeOptions,
): ManifestVerdict[] {
  const manifests = documents.map(manifestsOf)
  const crds = manifests.flat().flatMap(({ root }) => (isCrd(root) ? [root] : []))
  const schemas = new Map(
    [...options.schemas].map(([minor, one]) => [minor, one.withCrds(crds)] as const),
  )
  return documents.flatMap((document, i) => {
    const own = manifests[i] ?? []
    if (own.length === 0) return [judgeDocument(document)]
    return own.map(manifest => judgeManifest(manifest, { ...options, schemas }))
  })
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
export function documentReports(
  verdicts: readonly ManifestVerdict[],
  nameOf: (verdict: ManifestVerdict) => string | undefined,
): DocumentReport[] {
  const reports: DocumentReport[] = []
  const groups = Map.groupBy(verdicts, verdict => verdict.document)
  for (const [document, all] of groups) {
    const diagnostics = all.flatMap(verdict => verdict.diagnostics)
    const first = all[0]
    if (first === undefined || all.every(one => one.status === 'empty')) continue
    const isInvalid = diagnostics.some(one => one.level === 'error')
    const isSkipped = all.every(one => one.status === 'skipped')
    reports.push({
      path: document.path,
      index: document.index,
      line: document.source.position(document.start).line,
      object: nameOf(first),
      status: isInvalid ? 'invalid' : isSkipped ? 'skipped' : 'valid',
      diagnostics,
    })
  }
  return reports
}
