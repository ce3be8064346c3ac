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

/**
 * Milliseconds of processor time that a command and all its children take, user and system: wall time says
 * more about the neighbours. The best run counts.
 */
export function cpuOf(
  command: string,
  runs: number,
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Timing {
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const timed = `TIMEFORMAT='%U %S'; time { ${command}; } > /dev/null 2>&1`
    const { status, stderr } = spawnSync('bash', ['-c', timed], { encoding: 'utf8', ...options })
    if (status !== 0) throw new Error(`${command} ended with ${status}`)
    const [, user, system] = /([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? []
    if (user === undefined) throw new Error(`no times: ${stderr}`)
    times.push((Number(user) + Number(system)) * 1000)
  }
  const timing = summarize(times)
  return { ...timing, median: timing.min }
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
