import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { HelmServer } from './charts.ts'
import { GitServer } from './git.ts'
import { GitHubSink } from './github.ts'
import { Processes } from './processes.ts'
import { standIns } from './standins.ts'

/** What a cluster talks to: Git, a Helm repository, GitHub; and the age key of its secrets. */
export class World {
  /** Only for its folder, which goes when this process goes. */
  readonly #keeper = new Processes()
  readonly folder = this.#keeper.folder
  readonly git: GitServer
  readonly helm = new HelmServer()
  readonly github = new GitHubSink()
  identity = ''
  recipient = ''

  constructor() {
    const repositories = join(this.folder, 'git')
    mkdirSync(repositories)
    this.git = new GitServer(repositories)
  }

  async start(): Promise<void> {
    await Promise.all([this.git.start(), this.helm.start(standIns), this.github.start()])
    this.identity = await generateIdentity()
    this.recipient = await identityToRecipient(this.identity)
  }

  async stop(): Promise<void> {
    for (const server of [this.git, this.helm, this.github]) server.stop()
    await this.#keeper.end()
  }
}
