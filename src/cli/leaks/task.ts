import type { MessagePort } from 'node:worker_threads'
import type { Finding } from '../../text/diagnostic.ts'
import { isProblem } from '../../tree/git.ts'
import { openJob, type Plan } from './job.ts'
import { Share } from './share.ts'
import { packChunk } from './wire.ts'

/** What a worker is started with. */
export interface Task {
  readonly plan: Plan
  readonly cells: Int32Array
  readonly port: MessagePort
  /** Where compiled code is kept, if anywhere. */
  readonly cache: string | undefined
}

/** Takes runs until none is left, and sends what each gives away. */
export function runTask({ plan, cells, port }: Task): void {
  const share = new Share(cells)
  const job = openJob(plan)
  let tries = 0
  for (let run = share.take(); run < job.runs; run = share.take()) {
    share.begin(run)
    let found: readonly Finding[] | undefined
    try {
      const answer = job.judge(run)
      if (!isProblem(answer)) found = answer
    } catch {
      // The thread that asked looks again, and says what was wrong.
    }
    if (found === undefined || found.length > 0) port.postMessage(packChunk(run, found))
    share.finish(run, job.around.prover.tries - tries)
    tries = job.around.prover.tries
  }
}
