import type { Entry, Tree } from '../../tree/tree.ts'
import { judgeEntry, type Surroundings } from '../../secrets/tree.ts'
import type { Finding } from '../../text/diagnostic.ts'

/** Entries that a thread takes at a time. */
const RUN = 16

/**
 * Numbers that all threads see: the next entry that nobody took; how often any worker finished;
 * candidates that the provers of the workers tried; for each run, whether a worker is in it or through.
 */
export class Share {
  readonly cells: Int32Array

  constructor(cells: Int32Array) {
    this.cells = cells
  }

  static of(entries: number): Share {
    const runs = Math.ceil(entries / RUN)
    return new Share(new Int32Array(new SharedArrayBuffer(4 * (FIXED + runs))))
  }

  /** The first entry of a run that is now the caller's. */
  take(): number {
    return Atomics.add(this.cells, NEXT, RUN)
  }

  /** A worker is at a run that it took. */
  begin(first: number): void {
    Atomics.store(this.cells, FIXED + first / RUN, BEGUN)
  }

  finish(first: number, tries: number): void {
    Atomics.add(this.cells, TRIES, tries)
    Atomics.store(this.cells, FIXED + first / RUN, THROUGH)
    Atomics.add(this.cells, FINISHED, 1)
    Atomics.notify(this.cells, FINISHED)
  }

  get tries(): number {
    return Atomics.load(this.cells, TRIES)
  }

  /** Blocks until every worker is through what it took; gives up where none makes progress for so long. */
  settle(patience: number): void {
    for (;;) {
      const finished = Atomics.load(this.cells, FINISHED)
      if (!this.cells.includes(BEGUN, FIXED)) return
      if (Atomics.wait(this.cells, FINISHED, finished, patience) === 'timed-out') return
    }
  }

  /** First entries of the runs that no worker is through. */
  *left(): Iterable<number> {
    for (let at = FIXED; at < this.cells.length; at++)
      if (Atomics.load(this.cells, at) !== THROUGH) yield (at - FIXED) * RUN
  }
}

const BEGUN = 1
const THROUGH = 2
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
