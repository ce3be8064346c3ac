import { availableParallelism } from 'node:os'
import { dirname, join as joined } from 'node:path'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { type BlobPlaces, judgeBlobs, type JudgeBlobs } from '../../secrets/history.ts'
import { MAX_TRIES } from '../../secrets/prover.ts'
import { findLeaks, surroundingsOf } from '../../secrets/tree.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { listingOf } from '../../tree/disk.ts'
import { type GitProblem, isProblem } from '../../tree/git.ts'
import { memoryTree } from '../../tree/memory.ts'
import type { Tree } from '../../tree/tree.ts'
import { blobsJob, filesJob, type Job, type Plan, runsOf } from './job.ts'
import { Share } from './share.ts'
import type { Task } from './task.ts'
import { type Chunk, unpackChunk } from './wire.ts'

/** Smaller trees are not worth a thread. */
const MIN_ENTRIES = 24
/** Nor are fewer bytes of blobs. */
const MIN_BYTES = 2 ** 20
const MAX_WORKERS = 3
/** Milliseconds without any progress of a thread after which its work is done here. */
const PATIENCE = 20_000
/** Bytes and number of the blobs that a thread takes at a time: each time costs a call of git. */
const RUN_BYTES = 2 ** 21
const RUN_COUNT = 500

/** The bundle has one file for the thread, beside its chunks. */
const WORKER = joined(
  dirname(import.meta.filename),
  import.meta.filename.endsWith('.ts') ? 'worker.ts' : 'leakworker.js',
)

interface Pool {
  readonly share: Share
  readonly ports: readonly MessagePort[]
  stop(): void
}

/**
 * Begins to look for leaks in the files of a tree on other cores, while this one renders. The answer joins in,
 * waits for the rest and gives the findings in the order of the files, as `findLeaks` does. Undefined
 * where there is no second core, or too little to do.
 */
export function startLeaks(
  tree: Tree,
  cache: string | undefined,
): (() => readonly Finding[]) | undefined {
  const listing = workers() > 0 ? listingOf(tree) : undefined
  if (listing === undefined || listing.entries.length < MIN_ENTRIES) return undefined
  const pool = start({ kind: 'files', listing }, runsOf(listing.entries.length), cache)
  return () => {
    try {
      const job = filesJob(tree)
      const found = join(job, pool)
      if (isProblem(found) || isExhausted(job, pool)) return [...findLeaks(tree)]
      return [...job.around.rules.flatMap(({ findings }) => findings), ...found]
    } finally {
      pool.stop()
    }
  }
}

/** Looks for leaks in blobs on all cores, as `judgeBlobs` does on one. */
export function onAllCores(cache: string | undefined): JudgeBlobs {
  return (repository, blobs, around) => {
    const runs = inRuns(blobs)
    const bytes = blobs.reduce((sum, one) => sum + one.size, 0)
    if (workers() <= 0 || runs.length < 2 || bytes < MIN_BYTES)
      return judgeBlobs(repository, blobs, around)
    const { files } = around
    const pool = start({ kind: 'blobs', repository, runs, files }, runs.length, cache)
    try {
      const job = blobsJob(repository, runs, around)
      const found = join(job, pool)
      if (!isExhausted(job, pool)) return found
    } finally {
      pool.stop()
    }
    return judgeBlobs(repository, blobs, surroundingsOf(memoryTree(Object.fromEntries(files))))
  }
}

/** Blobs in parts for one call of git each. */
function inRuns(blobs: readonly BlobPlaces[]): BlobPlaces[][] {
  const runs: BlobPlaces[][] = []
  let bytes = RUN_BYTES
  for (const one of blobs) {
    const last = runs.at(-1)
    if (last === undefined || bytes + one.size > RUN_BYTES || last.length >= RUN_COUNT) {
      runs.push([one])
      bytes = 0
    } else last.push(one)
    bytes += one.size
  }
  return runs
}

function workers(): number {
  return Math.min(availableParallelism() - 1, MAX_WORKERS)
}

function start(plan: Plan, runs: number, cache: string | undefined): Pool {
  const share = Share.of(runs)
  const threads = Array.from({ length: workers() }, () => {
    const { port1, port2 } = new MessageChannel()
    const task: Task = { plan, cells: share.cells, port: port2, cache }
    const thread = new Worker(WORKER, {
      workerData: task,
      transferList: [port2],
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    })
    thread.on('error', () => {})
    thread.unref()
    return { thread, port: port1 }
  })
  const stop = () => {
    for (const { thread, port } of threads) {
      port.close()
      void thread.terminate()
    }
  }
  return { share, ports: threads.map(({ port }) => port), stop }
}

/** Does what nobody took, waits for the rest, and gives all findings in the order of the runs. */
function join(job: Job, { share, ports }: Pool): readonly Finding[] | GitProblem {
  const found = new Map<number, readonly Finding[]>()
  const judge = (run: number): GitProblem | undefined => {
    const answer = job.judge(run)
    if (isProblem(answer)) return answer
    found.set(run, answer)
    return undefined
  }
  for (let run = share.take(); run < job.runs; run = share.take()) {
    const problem = judge(run)
    if (problem !== undefined) return problem
  }
  share.settle(PATIENCE)
  // A run is sent before it counts as through: what is not left has arrived.
  const again = [...share.left()].filter(run => !found.has(run))
  for (const chunk of ports.flatMap(port => [...received(port)])) {
    const unpacked = unpackChunk(chunk)
    if (unpacked === undefined) again.push(chunk.run)
    else found.set(chunk.run, unpacked)
  }
  for (const run of again) {
    const problem = judge(run)
    if (problem !== undefined) return problem
  }
  return [...found].sort(([a], [b]) => a - b).flatMap(([, findings]) => findings)
}

/** Which candidate is one too many must not depend on who came first. */
function isExhausted({ around }: Job, { share }: Pool): boolean {
  return share.tries + around.prover.tries >= MAX_TRIES
}

function* received(port: MessagePort): Iterable<Chunk> {
  for (;;) {
    const message: { readonly message: Chunk } | undefined = receiveMessageOnPort(port)
    if (message === undefined) return
    yield message.message
  }
}
