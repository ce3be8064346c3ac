import { findInHistory, type JudgeBlobs } from '../secrets/history.ts'
import { surroundingsOf } from '../secrets/tree.ts'
import type { Finding } from '../text/diagnostic.ts'
import { isProblem, type Repository } from '../tree/git.ts'
import type { Revision } from '../tree/githistory.ts'
import type { Tree } from '../tree/tree.ts'

/** The commits that head adds, with the repository they are in. */
export interface Past {
  readonly repository: Repository
  readonly revisions: readonly Revision[]
  /** Looks through their blobs, where somebody does so on several cores; default: here. */
  readonly judge?: JudgeBlobs | undefined
}

/** What the commits give away, and why they could not all be judged. */
export interface PastLeaks {
  readonly findings: readonly Finding[]
  readonly incomplete: string | undefined
}

/** Every leak in what commits bring, also where a later one takes it away again. */
export function judgePast(past: Past | undefined, tree: Tree): PastLeaks {
  if (past === undefined) return { findings: [], incomplete: undefined }
  const found = findInHistory(past.repository, past.revisions, surroundingsOf(tree), past.judge)
  return isProblem(found)
    ? { findings: [], incomplete: `${found.message}: ${found.help}` }
    : { findings: found.findings, incomplete: found.incomplete }
}

/** Why the verdict is incomplete: the commits add what nobody could look into and nobody allowed. */
export function opaquePast(
  { findings }: PastLeaks,
  reported: readonly Finding[],
): string | undefined {
  const opaque = new Set(
    reported.filter(one => one.code === 'opaque-content').map(one => one.fingerprint),
  )
  const added = findings.find(one => one.code === 'opaque-content' && opaque.has(one.fingerprint))
  return added && `${added.at.source.path}: ${added.message}`
}
