import type { YamlFile } from '../../checks/input.ts'
import { mergeDiagnostics } from '../../text/diagnostic.ts'
import { hiddenPlaces } from '../hidden.ts'
import { maskValues } from '../mask.ts'
import { hideValues } from '../names.ts'
import type { Verdict } from '../verdict.ts'
import type { Document } from '../../yaml/node.ts'
import type { Source } from '../../text/source.ts'
import { DocumentReader } from './documents.ts'
import { hideLeaks, leakFinder } from './hide.ts'
import type { ManifestVerdict } from './judge.ts'
import { type DocumentReport, documentReports } from './run.ts'

/** What a run says as a whole, and document by document. */
export interface ValidateVerdict {
  readonly verdict: Verdict
  readonly documents: readonly DocumentReport[]
}

export function verdictOf(verdicts: readonly ManifestVerdict[]): ValidateVerdict {
  const leaksOf = leakFinder()
  const masked = verdicts.map(one => {
    const sources = new Set(one.diagnostics.map(({ at }) => at.source))
    const leaks = [...sources].flatMap(source => [...leaksOf(source)])
    return { ...one, diagnostics: hideValues(one.diagnostics.map(maskValues), leaks) }
  })
  const documents = documentReports(masked)
  const files = yamlFiles(verdicts)
  const skipped = masked
    .filter(one => one.status === 'skipped')
    .map(one => ({
      what: `${one.document.path}: ${one.object ?? ''}`,
      why: 'no schema is known, and -ignore-missing-schemas passes over it: `fluxgate schemas add FILE` shows one',
    }))
  return {
    documents,
    verdict: {
      diagnostics: mergeDiagnostics(documents.flatMap(one => one.diagnostics)),
      checked: {
        kustomizations: 0,
        objects: masked.filter(one => one.object !== undefined).length,
        files: new Set(verdicts.map(one => one.document.path)).size,
        commits: 0,
        skipped,
      },
      stages: [],
      incomplete: undefined,
      isHidden: hideLeaks(hiddenPlaces([], new Set(), files), leaksOf),
    },
  }
}

/** The files that reports show lines of: their secrets must stay hidden. */
function yamlFiles(verdicts: readonly ManifestVerdict[]): YamlFile[] {
  const shown = new Set(verdicts.flatMap(one => one.document.shown ?? []))
  return [...Map.groupBy(shown, one => one.path)].map(([path, all]) => {
    const sources = new Set(all.map(one => one.source))
    const documents = [...sources].flatMap(readAgain)
    const problem = all.find(one => one.problem !== undefined)?.problem
    return { path, parsed: { documents, comments: [], problem, ignored: undefined } }
  })
}

/** All of a file's documents: the one above the place shown may be a Secret without findings. */
function readAgain(source: Source): Document[] {
  const reader = new DocumentReader(source)
  return reader.parts.map((_, index) => {
    const { start, root } = reader.read(index)
    return { source, index, start, end: source.text.length, root }
  })
}
