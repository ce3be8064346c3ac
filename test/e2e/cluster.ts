import type { Api } from './api.ts'
import { startControlPlane, until } from './controlplane.ts'
import { startFlux } from './flux.ts'
import { playNodes } from './kubelet.ts'
import { Processes } from './processes.ts'

/** A real control plane with the real controllers, empty. */
export class Cluster {
  readonly processes: Processes
  readonly api: Api
  readonly #end = new AbortController()

  private constructor(processes: Processes, api: Api) {
    this.processes = processes
    this.api = api
    void playNodes(api, this.#end.signal)
  }

  static async start(): Promise<Cluster> {
    const processes = new Processes()
    try {
      const api = await startControlPlane(processes)
      await startFlux(processes, api)
      return new Cluster(processes, api)
    } catch (error) {
      await processes.end()
      throw error
    }
  }

  /** Waits until something holds, at most some seconds. */
  until(what: string, holds: () => Promise<boolean>, seconds = 180): Promise<void> {
    return until(what, holds, this.processes, seconds)
  }

  async stop(): Promise<void> {
    this.#end.abort()
    await this.processes.end()
    this.api.close()
  }
}
