/**
 * Numbers that all threads see: the next run of work that nobody took; how often any worker finished;
 * candidates that the provers of the workers tried; for each run, whether a worker is in it or through.
 */
export class Share {
  readonly cells: Int32Array

  constructor(cells: Int32Array) {
    this.cells = cells
  }

  static of(runs: number): Share {
    return new Share(new Int32Array(new SharedArrayBuffer(4 * (FIXED + runs))))
  }

  /** The number of a run that is now the caller's; beyond the last one nothing is left. */
  take(): number {
    return Atomics.add(this.cells, NEXT, 1)
  }

  /** A worker is at a run that it took. */
  begin(run: number): void {
    Atomics.store(this.cells, FIXED + run, BEGUN)
  }

  finish(run: number, tries: number): void {
    Atomics.add(this.cells, TRIES, tries)
    Atomics.store(this.cells, FIXED + run, THROUGH)
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

  /** The runs that no worker is through. */
  *left(): Iterable<number> {
    for (let at = FIXED; at < this.cells.length; at++)
      if (Atomics.load(this.cells, at) !== THROUGH) yield at - FIXED
  }
}

const BEGUN = 1
const THROUGH = 2
const NEXT = 0
const FINISHED = 1
const TRIES = 2
const FIXED = 3
