import { type BlobPlaces, judgeBlobs } from '../../secrets/history.ts'
import { judgeEntry, type Surroundings, surroundingsOf } from '../../secrets/tree.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { listedTree, type Listing } from '../../tree/disk.ts'
import type { GitProblem, Repository } from '../../tree/git.ts'
import { memoryTree } from '../../tree/memory.ts'
import type { Tree } from '../../tree/tree.ts'

/** Work in parts that several threads do in any order. */
export interface Job {
  readonly runs: number
  readonly around: Surroundings
  /** What one part gives away. */
  judge(run: number): readonly Finding[] | GitProblem
}

/** A job as plain data, which crosses threads. */
export type Plan =
  | { readonly kind: 'files'; readonly listing: Listing }
  | {
      readonly kind: 'blobs'
      readonly repository: Repository
      readonly runs: readonly (readonly BlobPlaces[])[]
      /** See `Surroundings`. */
      readonly files: ReadonlyMap<string, Uint8Array>
    }

/** Entries of a tree that a thread takes at a time. */
const RUN = 16

/** The files of a tree. */
export function filesJob(tree: Tree): Job {
  const entries = tree.entries()
  const around = surroundingsOf(tree)
  const judge = (run: number) =>
    entries.slice(run * RUN, (run + 1) * RUN).flatMap(entry => [...judgeEntry(tree, entry, around)])
  return { runs: runsOf(entries.length), around, judge }
}

export function runsOf(entries: number): number {
  return Math.ceil(entries / RUN)
}

/** Blobs that commits bring. */
export function blobsJob(
  repository: Repository,
  runs: readonly (readonly BlobPlaces[])[],
  around: Surroundings,
): Job {
  return {
    runs: runs.length,
    around,
    judge: run => judgeBlobs(repository, runs[run] ?? [], around),
  }
}

/** The job of a plan, on the thread that got it. */
export function openJob(plan: Plan): Job {
  if (plan.kind === 'files') return filesJob(listedTree(plan.listing))
  const around = surroundingsOf(memoryTree(Object.fromEntries(plan.files)))
  return blobsJob(plan.repository, plan.runs, around)
}
