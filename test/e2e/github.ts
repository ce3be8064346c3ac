import { createServer, type Server } from 'node:http'
import { dig, text } from './json.ts'
import { listen } from './ports.ts'

/** A commit status that somebody set. */
export interface CommitStatus {
  readonly repository: string
  readonly sha: string
  readonly state: string
  readonly context: string
  readonly description: string
  /** Whether the token of the repository's Secret came with it. */
  readonly token: string
}

/** Plays the part of GitHub's API that takes commit statuses. */
export class GitHubSink {
  readonly statuses: CommitStatus[] = []
  readonly #server: Server
  url = ''

  constructor() {
    this.#server = createServer((asked, answer) => {
      const parts: Buffer[] = []
      asked.on('data', part => parts.push(part))
      asked.on('end', () => {
        const path = new URL(asked.url ?? '/', 'http://localhost').pathname
        const token = asked.headers.authorization ?? ''
        const { code, body } = this.#reply(asked.method ?? '', path, token, Buffer.concat(parts))
        answer.writeHead(code, { 'content-type': 'application/json' })
        answer.end(JSON.stringify(body))
      })
    })
  }

  #reply(
    method: string,
    path: string,
    token: string,
    body: Buffer,
  ): { code: number; body: unknown } {
    const set = /^\/api\/v3\/repos\/([^/]+\/[^/]+)\/statuses\/([0-9a-f]+)$/.exec(path)
    if (method === 'POST' && set) {
      const said: unknown = JSON.parse(body.toString())
      this.statuses.push({
        repository: set[1] ?? '',
        sha: set[2] ?? '',
        state: text(said, 'state'),
        context: text(said, 'context'),
        description: text(said, 'description'),
        token: token.replace(/^(Bearer|token) /i, ''),
      })
      return { code: 201, body: { id: this.statuses.length, state: dig(said, 'state') } }
    }
    if (method === 'GET' && /\/commits\/[0-9a-f]+\/status(es)?$/.test(path))
      return { code: 200, body: path.endsWith('statuses') ? [] : { statuses: [] } }
    return { code: 404, body: { message: 'Not Found' } }
  }

  async start(): Promise<void> {
    this.url = `http://127.0.0.1:${await listen(this.#server)}`
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
