// Keeps the processes of one cluster: a process of its own that reads orders from its stdin. When the
// stdin ends, however the test died, everything that it started is killed and its folder removed.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, openSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** One order, a line of JSON. */
export type Order =
  | {
      readonly start: string
      readonly program: string
      readonly args: readonly string[]
      readonly env: Readonly<Record<string, string>>
      readonly log: string
    }
  | { readonly stop: string }

/** One answer, a line of JSON. */
export type Report =
  | { readonly started: string; readonly pid: number }
  | { readonly ended: string; readonly how: string }

const SETPRIV = '/usr/bin/setpriv'
const folder = process.argv[2] ?? ''
const running = new Map<string, ChildProcess>()

function say(report: Report): void {
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

/** Where the kernel can do it, a child dies with this process even if this process is killed. */
function leashed(program: string, args: readonly string[]): [string, readonly string[]] {
  return existsSync(SETPRIV)
    ? [SETPRIV, ['--pdeathsig', 'KILL', program, ...args]]
    : [program, args]
}

function obey(order: Order): void {
  if ('stop' in order) {
    running.get(order.stop)?.kill('SIGKILL')
    return
  }
  const name = order.start
  const log = openSync(order.log, 'a')
  const [program, args] = leashed(order.program, order.args)
  // Memory is plenty for so short a life, and collecting it costs a quarter of the time.
  const own = { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, GOGC: '400' }
  const env = { ...own, ...order.env }
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', log, log] })
  running.set(name, child)
  child.on('error', error => say({ ended: name, how: error.message }))
  child.on('exit', (code, signal) => {
    running.delete(name)
    say({ ended: name, how: signal ?? `exit ${code}` })
  })
  if (child.pid !== undefined) say({ started: name, pid: child.pid })
}

function end(): void {
  for (const child of running.values()) child.kill('SIGKILL')
  const wait = setInterval(() => {
    if (running.size > 0) return
    clearInterval(wait)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    process.exit(0)
  }, 20)
}

function isOrder(value: unknown): value is Order {
  return typeof value === 'object' && value !== null && ('start' in value || 'stop' in value)
}

process.stdout.on('error', () => {})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
const orders = createInterface({ input: process.stdin })
orders.on('line', line => {
  const order: unknown = JSON.parse(line)
  if (isOrder(order)) obey(order)
})
orders.on('close', end)
