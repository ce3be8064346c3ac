import type { Entry, Tree } from '../../tree/tree.ts'
import { judgeEntry, type Surroundings } from '../../secrets/tree.ts'
import type { Finding } from '../../text/diagnostic.ts'

/** Entries that a thread takes at a time. */
const RUN = 16

/**
 * Numbers that all threads see: the next entry that nobody took; how often any thread finished;
 * candidates that the provers of the workers tried; for each worker the runs that it took, and finished.
 */
export class Share {
  readonly cells: Int32Array

  constructor(cells: Int32Array) {
    this.cells = cells
  }

  static of(workers: number): Share {
    return new Share(new Int32Array(new SharedArrayBuffer(4 * (FIXED + 2 * workers))))
  }

  /** The first entry of a run that is now the caller's. */
  take(): number {
    return Atomics.add(this.cells, NEXT, RUN)
  }

  begin(worker: number): void {
    Atomics.add(this.cells, FIXED + 2 * worker, 1)
  }

  finish(worker: number, tries: number): void {
    Atomics.add(this.cells, TRIES, tries)
    Atomics.add(this.cells, FIXED + 2 * worker + 1, 1)
    Atomics.add(this.cells, FINISHED, 1)
    Atomics.notify(this.cells, FINISHED)
  }

  get tries(): number {
    return Atomics.load(this.cells, TRIES)
  }

  /** Blocks until every worker has finished what it took; false where none makes any progress. */
  settle(patience: number): boolean {
    for (;;) {
      const finished = Atomics.load(this.cells, FINISHED)
      if (this.#isIdle()) return true
      if (Atomics.wait(this.cells, FINISHED, finished, patience) === 'timed-out') return false
    }
  }

  #isIdle(): boolean {
    for (let at = FIXED; at < this.cells.length; at += 2)
      if (Atomics.load(this.cells, at) !== Atomics.load(this.cells, at + 1)) return false
    return true
  }
}

const NEXT = 0
const FINISHED = 1
const TRIES = 2
const FIXED = 3

/** What a run of entries gives away. */
export function judgeRun(
  tree: Tree,
  entries: readonly Entry[],
  first: number,
  around: Surroundings,
): Finding[] {
  return entries.slice(first, first + RUN).flatMap(entry => [...judgeEntry(tree, entry, around)])
}
