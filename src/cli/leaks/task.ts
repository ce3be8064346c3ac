import type { MessagePort } from 'node:worker_threads'
import { surroundingsOf } from '../../secrets/tree.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { listedTree, type Listing } from '../../tree/disk.ts'
import { judgeRun, Share } from './share.ts'
import { packChunk } from './wire.ts'

/** What a worker is started with. */
export interface Task {
  readonly listing: Listing
  readonly cells: Int32Array
  readonly port: MessagePort
  /** Where compiled code is kept, if anywhere. */
  readonly cache: string | undefined
}

/** Takes runs of entries until none is left, and sends what each gives away. */
export function runTask({ listing, cells, port }: Task): void {
  const share = new Share(cells)
  const tree = listedTree(listing)
  const entries = tree.entries()
  const around = surroundingsOf(tree)
  let tries = 0
  for (;;) {
    const first = share.take()
    if (first >= entries.length) return
    share.begin(first)
    let found: Finding[] | undefined
    try {
      found = judgeRun(tree, entries, first, around)
    } catch {
      // The thread that asked looks again, and says what was wrong.
    }
    if (found === undefined || found.length > 0) port.postMessage(packChunk(first, found))
    share.finish(first, around.prover.tries - tries)
    tries = around.prover.tries
  }
}
