import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { binary } from './binaries.ts'
import type { Order } from './keeper.ts'
import { isObj, text } from './json.ts'

/** The processes of one cluster, in a folder of their own. They live no longer than this process. */
export class Processes {
  readonly folder = mkdtempSync(join(tmpdir(), 'fluxgate-e2e-'))
  /** Rejects when a process ends that nobody stopped. */
  readonly failed: Promise<never>
  readonly pids = new Map<string, number>()
  readonly #keeper: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #waiting = new Map<string, () => void>()
  readonly #stopping = new Set<string>()
  #isDone = false

  constructor() {
    const program = join(import.meta.dirname, 'keeper.ts')
    this.#keeper = spawn(process.execPath, [program, this.folder], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#ended = new Promise(done => this.#keeper.once('exit', done))
    this.failed = new Promise((_, reject) => {
      this.#keeper.once('exit', () => {
        if (!this.#isDone) reject(new Error('the keeper of the processes is gone'))
      })
      if (this.#keeper.stdout)
        createInterface({ input: this.#keeper.stdout }).on('line', line =>
          this.#hear(JSON.parse(line), reject),
        )
    })
    // Whoever waits for something races with it; nobody need be waiting when it happens.
    this.failed.catch(() => {})
  }

  start(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
    this.#order({ start: name, program: binary(name), args, env, log: this.log(name) })
  }

  async stop(...names: readonly string[]): Promise<void> {
    await Promise.all(
      names.map(async name => {
        if (!this.pids.has(name)) return
        this.#stopping.add(name)
        const ended = new Promise<void>(done => this.#waiting.set(name, done))
        this.#order({ stop: name })
        await ended
      }),
    )
  }

  /** Ends everything and removes the folder. */
  async end(): Promise<void> {
    this.#isDone = true
    this.#keeper.stdin?.end()
    await this.#ended
  }

  log(name: string): string {
    return join(this.folder, `${name}.log`)
  }

  /** The last lines that a process wrote. */
  tail(name: string, lines = 20): string {
    return readFileSync(this.log(name), 'utf8').split('\n').slice(-lines).join('\n')
  }

  #order(order: Order): void {
    this.#keeper.stdin?.write(`${JSON.stringify(order)}\n`)
  }

  #hear(report: unknown, reject: (error: Error) => void): void {
    if (!isObj(report)) return
    if (typeof report['pid'] === 'number') this.pids.set(text(report, 'started'), report['pid'])
    const name = text(report, 'ended')
    if (name === '') return
    this.pids.delete(name)
    this.#waiting.get(name)?.()
    if (this.#isDone || this.#stopping.delete(name)) return
    reject(new Error(`${name} ended: ${text(report, 'how')}\n${this.tail(name)}`))
  }
}
