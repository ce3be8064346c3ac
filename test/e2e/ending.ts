import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { dig, isObj, text } from './json.ts'
import { expect, type Steps } from './steps.ts'

/** Ends runs half-way, and looks for what they leave behind. */
export async function endings(steps: Steps): Promise<void> {
  await steps.run('a run that is interrupted leaves nothing behind', () => end('SIGINT'))
  await steps.run('a run that is killed leaves nothing behind', () => end('SIGKILL'))
  await steps.run('a run whose controller is killed leaves nothing behind', () =>
    end('SIGKILL', 'kustomize-controller'),
  )
}

/** Sends a signal to the run, or to one of its processes, and waits until all of them are gone. */
async function end(signal: NodeJS.Signals, victim?: string): Promise<string> {
  const program = join(import.meta.dirname, 'halfway.ts')
  const run = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line]: unknown[] = await once(createInterface({ input: run.stdout }), 'line')
  const started: unknown = JSON.parse(typeof line === 'string' ? line : '{}')
  const processes = dig(started, 'pids')
  const pids = Object.values(isObj(processes) ? processes : {}).filter(
    one => typeof one === 'number',
  )
  expect(pids.length === 7, `${pids.length} processes were started`)
  const target = victim === undefined ? run.pid : dig(processes, victim)
  if (typeof target === 'number') process.kill(target, signal)
  const folder = text(started, 'folder')
  for (let tries = 0; tries < 120 && (pids.some(isAlive) || existsSync(folder)); tries++)
    await sleep(250)
  const left = pids.filter(isAlive)
  expect(left.length === 0, `${left.length} processes are left`)
  expect(!existsSync(folder), `${folder} is left`)
  return `${pids.length} processes and their ports are gone`
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
