import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { dig, isObj } from './json.ts'
import { expect, type Steps } from './steps.ts'

/** How a run may end: what gets a signal, and what becomes of the run. */
interface Ending {
  readonly name: string
  readonly signal: NodeJS.Signals
  /** One of its processes; the run itself where none is named. */
  readonly victim?: string
}

const all: readonly Ending[] = [
  { name: 'a run that is interrupted', signal: 'SIGINT' },
  { name: 'a run that is killed', signal: 'SIGKILL' },
  { name: 'a run that crashes', signal: 'SIGUSR2' },
  {
    name: 'a run whose controller is killed',
    signal: 'SIGKILL',
    victim: 'kustomize-controller',
  },
]

/** Ends runs half-way, all at the same time, and looks for what they leave behind. */
export async function endings(steps: Steps): Promise<void> {
  const ended = all.map(one => end(one))
  await Promise.allSettled(ended)
  for (const [i, { name }] of all.entries())
    await steps.run(`${name} leaves nothing behind`, () => ended[i])
}

/** Sends a signal to the run, or to one of its processes, and waits until everything of it is gone. */
async function end({ signal, victim }: Ending): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-e2e-end-'))
  try {
    const run = spawn(process.execPath, [join(import.meta.dirname, 'halfway.ts')], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line]: unknown[] = await once(createInterface({ input: run.stdout }), 'line')
    const started: unknown = JSON.parse(typeof line === 'string' ? line : '{}')
    const processes = dig(started, 'pids')
    const pids = Object.values(isObj(processes) ? processes : {}).filter(
      one => typeof one === 'number',
    )
    expect(pids.length === 7, `${pids.length} processes were started`)
    // By now something is asked of Git, built and applied.
    await sleep(2000)
    const target = victim === undefined ? run.pid : dig(processes, victim)
    if (typeof target === 'number') process.kill(target, signal)
    const left = () => [...new Set([...pids.filter(isAlive), ...processesOf(folder)])]
    for (let tries = 0; tries < 240 && (left().length > 0 || filesIn(folder) > 0); tries++)
      await sleep(250)
    expect(left().length === 0, `${left().length} processes are left`)
    expect(filesIn(folder) === 0, `${folder} holds files`)
    return `${pids.length} processes, their ports and files are gone`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function filesIn(folder: string): number {
  return readdirSync(folder).length
}

/** Processes that were started with a folder of temporary files, where the kernel tells. */
function processesOf(folder: string): number[] {
  const numbers = (() => {
    try {
      return readdirSync('/proc').filter(name => /^\d+$/.test(name))
    } catch {
      return []
    }
  })()
  return numbers.map(Number).filter(pid => environmentOf(pid).includes(folder))
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
