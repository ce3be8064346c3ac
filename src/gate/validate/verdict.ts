import type { YamlFile } from '../../checks/input.ts'
import { idOf, formatId } from '../../kube/object.ts'
import { mergeDiagnostics } from '../../text/diagnostic.ts'
import { hiddenPlaces } from '../hidden.ts'
import { maskValues } from '../mask.ts'
import type { Verdict } from '../verdict.ts'
import type { ManifestVerdict } from './judge.ts'
import { type DocumentReport, documentReports } from './run.ts'

/** What a run says as a whole, and document by document. */
export interface ValidateVerdict {
  readonly verdict: Verdict
  readonly documents: readonly DocumentReport[]
}

export function verdictOf(verdicts: readonly ManifestVerdict[]): ValidateVerdict {
  const masked = verdicts.map(one => ({ ...one, diagnostics: one.diagnostics.map(maskValues) }))
  const documents = documentReports(masked, nameOf)
  const files = yamlFiles(verdicts)
  const skipped = masked
    .filter(one => one.status === 'skipped')
    .map(one => ({
      what: `${one.document.path}: ${nameOf(one) ?? ''}`,
      why: 'no schema asked of it',
    }))
  return {
    documents,
    verdict: {
      diagnostics: mergeDiagnostics(documents.flatMap(one => one.diagnostics)),
      checked: {
        kustomizations: 0,
        objects: masked.filter(one => one.manifest !== undefined).length,
        files: files.length,
        commits: 0,
        skipped,
      },
      stages: [],
      incomplete: undefined,
      isHidden: hiddenPlaces([], new Set(), files),
    },
  }
}

function nameOf({ manifest }: ManifestVerdict): string | undefined {
  return manifest === undefined ? undefined : formatId(idOf(manifest.root))
}

function yamlFiles(verdicts: readonly ManifestVerdict[]): YamlFile[] {
  const documents = new Set(verdicts.map(one => one.document))
  return [...Map.groupBy(documents, one => one.path)].map(([path, all]) => {
    const problem = all.find(one => one.problem !== undefined)?.problem
    const parts = all.map(({ source, index, start, root }) => {
      return { source, index, start, end: source.text.length, root }
    })
    return { path, parsed: { documents: parts, comments: [], problem, ignored: undefined } }
  })
}
