import { spawnSync } from 'node:child_process'

export interface Timing {
  /** Milliseconds of wall time: the median. */
  readonly median: number
  readonly min: number
  readonly runs: number
}

export interface Row {
  readonly name: string
  readonly ours: string
  readonly peer: string
  readonly ratio: number
  readonly goal: number
}

/** Runs a command line in a shell several times; a run that fails to start fails the bench. */
export function timeCommand(
  command: string,
  runs: number,
  allowed: readonly number[] = [0],
): Timing {
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    const ran = spawnSync('bash', ['-c', command], {
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: 1 << 28,
    })
    times.push(performance.now() - start)
    if (!allowed.includes(ran.status ?? -1))
      throw new Error(`${command} ended with ${ran.status}: ${ran.stderr.toString().slice(0, 400)}`)
  }
  return summarize(times)
}

export function summarize(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b)
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    min: sorted[0] ?? 0,
    runs: sorted.length,
  }
}

export function row(name: string, ours: Timing, peer: Timing, peerName: string, goal: number): Row {
  return {
    name,
    ours: `${ours.median.toFixed(0)} ms`,
    peer: `${peerName} ${peer.median.toFixed(0)} ms`,
    ratio: peer.median / ours.median,
    goal,
  }
}
