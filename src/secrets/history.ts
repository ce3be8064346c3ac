import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import { type GitProblem, isProblem, type Repository } from '../tree/git.ts'
import { type AddedBlob, addedBlobs, readBlobs } from '../tree/gitchanges.ts'
import type { Revision } from '../tree/githistory.ts'
import { scanBytes } from './scan.ts'
import { findingOf, judgeName, judgeText } from './text.ts'
import { judgeBytes, type Surroundings } from './tree.ts'

/** Larger blobs are not looked into: a pull request that adds one cannot be judged. */
const MAX_BLOB = 100 * 2 ** 20
/** Bytes of all blobs of a pull request together. */
const MAX_TOTAL = 2 ** 30

/** What a range of commits gives away, and what of it could not be looked at. */
export interface HistoryLeaks {
  readonly findings: readonly Finding[]
  readonly incomplete: string | undefined
}

/**
 * Every leak in what commits bring: each new blob, also one that a later commit removes, names, links,
 * messages and people. A blob that also stands in the tree of head was judged there.
 */
export function findInHistory(
  repository: Repository,
  revisions: readonly Revision[],
  around: Surroundings,
): HistoryLeaks | GitProblem {
  const findings = revisions.flatMap(revision => [...judgeRevision(revision)])
  const added = addedBlobs(
    repository,
    revisions.map(one => one.sha),
  )
  if (isProblem(added)) return added
  for (const { path, commit } of added)
    for (const one of judgeName(path)) findings.push(inCommit(one, commit, 'file-name'))
  const blobs = added.filter(one => one.kind === 'file' || one.kind === 'link')
  const large = blobs.find(one => one.size > MAX_BLOB)
  const total = blobs.reduce((sum, one) => sum + one.size, 0)
  const problem = judgeBlobs(repository, blobs, around, findings)
  if (problem !== undefined) return problem
  return { findings, incomplete: overBudget(large, total) }
}

function overBudget(large: AddedBlob | undefined, total: number): string | undefined {
  if (large !== undefined)
    return `blob ${large.blob.slice(0, 12)} of ${large.commit.slice(0, 12)} is larger than ${MAX_BLOB} bytes`
  return total > MAX_TOTAL ? `the commits add ${total} bytes, more than ${MAX_TOTAL}` : undefined
}

function judgeBlobs(
  repository: Repository,
  blobs: readonly AddedBlob[],
  around: Surroundings,
  findings: Finding[],
): GitProblem | undefined {
  const byId = Map.groupBy(blobs, one => one.blob)
  let left = MAX_TOTAL
  const wanted = blobs.filter(one => one.size <= MAX_BLOB && (left -= one.size) > 0)
  for (const read of readBlobs(repository, wanted)) {
    if (isProblem(read)) return read
    for (const { path, commit, kind } of byId.get(read.blob) ?? []) {
      const owner = kind === 'link' ? { commit, in: 'link-target' } : { commit }
      findings.push(...judgeBytes(path, read.bytes, around, owner))
    }
  }
  return undefined
}

/** What a commit says itself: its message, and who made it. */
function* judgeRevision(revision: Revision): Iterable<Finding> {
  const { sha, message, author, committer, raw } = revision
  const found = [...judgeText(message)]
  yield* found
  // An encoding or a header that nobody shows could hide a key from whoever reads the text.
  const known = new Set(found.map(one => one.fingerprint))
  const bare = new Source('', '', { commit: sha, in: 'message' })
  for (const leak of raw === undefined ? [] : scanBytes(raw))
    if (!known.has(leak.fingerprint)) yield findingOf(leak, bare, raw ?? new Uint8Array())
  for (const [role, { name, email }] of Object.entries({ author, committer }))
    yield* judgeText(new Source('', `${name} <${email}>`, { commit: sha, in: role }))
}

function inCommit(one: Finding, commit: string, part: string): Finding {
  const { source, start, end } = one.at
  const owned = new Source(source.path, source.text, { commit, in: part })
  return { ...one, at: owned.span(start, end) }
}
