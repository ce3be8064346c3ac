import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { MAX_TRIES } from '../../secrets/prover.ts'
import { findLeaks, surroundingsOf } from '../../secrets/tree.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { listingOf } from '../../tree/disk.ts'
import type { Tree } from '../../tree/tree.ts'
import { judgeRun, Share } from './share.ts'
import { type Chunk, unpackChunk } from './wire.ts'
import type { Task } from './task.ts'

/** Smaller trees are not worth a thread. */
const MIN_ENTRIES = 24
const MAX_WORKERS = 3
/** Milliseconds without any progress of a thread after which its work is done here. */
const PATIENCE = 20_000

/** The bundle has one file for the thread, beside its chunks. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './worker.ts' : './leakworker.js',
  import.meta.url,
)

/**
 * Begins to look for leaks in the files of a tree on other cores, while this one renders. The answer joins in,
 * waits for the rest and gives the findings in the order of the files, as `findLeaks` does. Undefined
 * where there is no second core, or too little to do.
 */
export function startLeaks(
  tree: Tree,
  cache: string | undefined,
): (() => readonly Finding[]) | undefined {
  const workers = Math.min(availableParallelism() - 1, MAX_WORKERS)
  const listing = workers > 0 ? listingOf(tree) : undefined
  if (listing === undefined || listing.entries.length < MIN_ENTRIES) return undefined
  const share = Share.of(listing.entries.length)
  const threads = Array.from({ length: workers }, () => {
    const { port1, port2 } = new MessageChannel()
    const task: Task = { listing, cells: share.cells, port: port2, cache }
    const thread = new Worker(fileURLToPath(WORKER), {
      workerData: task,
      transferList: [port2],
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    })
    thread.on('error', () => {})
    thread.unref()
    return { thread, port: port1 }
  })
  return () => {
    try {
      return join(tree, share, threads)
    } finally {
      for (const { thread, port } of threads) {
        port.close()
        void thread.terminate()
      }
    }
  }
}

function join(
  tree: Tree,
  share: Share,
  threads: readonly { readonly port: MessagePort }[],
): readonly Finding[] {
  const entries = tree.entries()
  const around = surroundingsOf(tree)
  const runs = new Map<number, readonly Finding[]>()
  for (let first = share.take(); first < entries.length; first = share.take())
    runs.set(first, judgeRun(tree, entries, first, around))
  share.settle(PATIENCE)
  // A run is sent before it counts as through: what is not left has arrived.
  for (const first of share.left())
    if (!runs.has(first)) runs.set(first, judgeRun(tree, entries, first, around))
  for (const chunk of threads.flatMap(({ port }) => [...received(port)])) {
    const { first } = chunk
    runs.set(first, unpackChunk(chunk) ?? judgeRun(tree, entries, first, around))
  }
  // Which candidate is one too many must not depend on who came first.
  if (share.tries + around.prover.tries >= MAX_TRIES) return [...findLeaks(tree)]
  const ordered = [...runs].sort(([a], [b]) => a - b).flatMap(([, findings]) => findings)
  return [...around.rules.flatMap(({ findings }) => findings), ...ordered]
}

function* received(port: MessagePort): Iterable<Chunk> {
  for (;;) {
    const message: { readonly message: Chunk } | undefined = receiveMessageOnPort(port)
    if (message === undefined) return
    yield message.message
  }
}
