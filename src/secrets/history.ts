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

/** The bytes of one blob, and where the commits put them. */
export interface BlobPlaces {
  readonly blob: string
  readonly size: number
  readonly places: readonly Pick<AddedBlob, 'path' | 'commit' | 'kind'>[]
}

/** Looks for leaks in blobs, and answers in their order. */
export type JudgeBlobs = (
  repository: Repository,
  blobs: readonly BlobPlaces[],
  around: Surroundings,
) => readonly Finding[] | GitProblem

/**
 * Every leak in what commits bring: each new blob, also one that a later commit removes, names, links,
 * messages and people. A blob that also stands in the tree of head was judged there.
 */
export function findInHistory(
  repository: Repository,
  revisions: readonly Revision[],
  around: Surroundings,
  judge: JudgeBlobs = judgeBlobs,
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
  const found = judge(repository, withinBudget(blobs), around)
  if (isProblem(found)) return found
  return { findings: [...findings, ...found], incomplete: overBudget(large, total) }
}

function overBudget(large: AddedBlob | undefined, total: number): string | undefined {
  if (large !== undefined)
    return `blob ${large.blob.slice(0, 12)} of ${large.commit.slice(0, 12)} is larger than ${MAX_BLOB} bytes`
  return total > MAX_TOTAL ? `the commits add ${total} bytes, more than ${MAX_TOTAL}` : undefined
}

/** What is looked into, each blob once. */
function withinBudget(blobs: readonly AddedBlob[]): BlobPlaces[] {
  let left = MAX_TOTAL
  const wanted = blobs.filter(one => one.size <= MAX_BLOB && (left -= one.size) > 0)
  const ids = new Set(wanted.map(one => one.blob))
  const byId = Map.groupBy(blobs, one => one.blob)
  return [...byId].flatMap(([blob, places]) =>
    ids.has(blob) ? [{ blob, size: places[0]?.size ?? 0, places }] : [],
  )
}

/** Looks for leaks in blobs, one after another. */
export function judgeBlobs(
  repository: Repository,
  blobs: readonly BlobPlaces[],
  around: Surroundings,
): Finding[] | GitProblem {
  const byId = new Map(blobs.map(one => [one.blob, one.places]))
  const findings: Finding[] = []
  for (const read of readBlobs(repository, blobs)) {
    if (isProblem(read)) return read
    for (const { path, commit, kind } of byId.get(read.blob) ?? []) {
      const owner = kind === 'link' ? { commit, in: 'link-target' } : { commit }
      findings.push(...judgeBytes(path, read.bytes, around, owner))
    }
  }
  return findings
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
