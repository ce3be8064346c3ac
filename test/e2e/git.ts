import { execFileSync, spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { listen } from './ports.ts'

/** What a commit holds, by path. */
export type Files = Readonly<Record<string, Content>>

/** Text or bytes of a file, or where a symbolic link leads. */
export type Content = string | Buffer | { readonly link: string }

/** The text of a file; empty for a link and for none. */
export function textOf(content: Content | undefined): string {
  return content === undefined || isLink(content) ? '' : content.toString()
}

function isLink(content: Content): content is { readonly link: string } {
  return typeof content === 'object' && 'link' in content
}

/** Bare repositories behind `git http-backend`. */
export class GitServer {
  readonly #folder: string
  readonly #server: Server
  url = ''

  constructor(folder: string) {
    this.#folder = folder
    this.#server = createServer((asked, answer) => this.#serve(asked, answer))
  }

  async start(): Promise<void> {
    this.url = `http://127.0.0.1:${await listen(this.#server)}`
  }

  create(name: string): void {
    this.git('init', '--quiet', '--bare', '--initial-branch=main', this.path(name))
  }

  path(name: string): string {
    return join(this.#folder, `${name}.git`)
  }

  git(...args: readonly string[]): string {
    return run(args)
  }

  /** One commit on each branch, all at once; answers with the commits by branch. */
  commit(name: string, branches: ReadonlyMap<string, Files>, message: string): Map<string, string> {
    const parts: Buffer[] = []
    const before = this.#heads(name)
    for (const [branch, files] of branches) {
      const text = Buffer.from(message)
      const parent = before.get(branch) ?? ''
      parts.push(
        Buffer.from(`commit refs/heads/${branch}\ncommitter e2e <e2e@example.com> now\n`),
        Buffer.from(`data ${text.length}\n${message}\n`),
        Buffer.from(`${parent === '' ? '' : `from ${parent}\n`}deleteall\n`),
      )
      for (const [path, content] of Object.entries(files)) {
        const bytes = isLink(content) ? Buffer.from(content.link) : Buffer.from(content)
        const mode = isLink(content) ? '120000' : '100644'
        const quoted = JSON.stringify(path)
        parts.push(Buffer.from(`M ${mode} inline ${quoted}\ndata ${bytes.length}\n`), bytes)
        parts.push(Buffer.from('\n'))
      }
    }
    const cwd = this.path(name)
    run(['fast-import', '--quiet', '--date-format=now'], cwd, Buffer.concat(parts))
    return this.#heads(name)
  }

  /** The commits of all branches. */
  #heads(name: string): Map<string, string> {
    const format = ['for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads']
    const lines = run(format, this.path(name)).split('\n').filter(Boolean)
    return new Map(
      lines.map(line => {
        const at = line.lastIndexOf(' ')
        return [line.slice(0, at), line.slice(at + 1)]
      }),
    )
  }

  head(name: string, branch: string): string {
    const format = ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`]
    return run(format, this.path(name)).trim()
  }

  #serve(asked: IncomingMessage, answer: ServerResponse): void {
    const url = new URL(asked.url ?? '/', 'http://localhost')
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        GIT_PROJECT_ROOT: this.#folder,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: asked.method,
        CONTENT_TYPE: asked.headers['content-type'] ?? '',
        CONTENT_LENGTH: asked.headers['content-length'] ?? '',
        HTTP_CONTENT_ENCODING: asked.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(asked.headers['git-protocol'] ?? ''),
        REMOTE_ADDR: '127.0.0.1',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    backend.stdin.on('error', () => {})
    asked.pipe(backend.stdin)
    const parts: Buffer[] = []
    backend.stdout.on('data', part => parts.push(part))
    backend.on('close', () => reply(Buffer.concat(parts), answer))
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

/** Turns the answer of a CGI program into one of HTTP. */
function reply(said: Buffer, answer: ServerResponse): void {
  const end = said.indexOf('\r\n\r\n')
  const headers = said.subarray(0, Math.max(end, 0)).toString().split('\r\n').filter(Boolean)
  let code = end === -1 ? 500 : 200
  for (const header of headers) {
    const [name = '', value = ''] = header.split(/:\s*(.*)/s)
    if (name.toLowerCase() === 'status') code = Number.parseInt(value, 10)
    else answer.setHeader(name, value)
  }
  answer.statusCode = code
  answer.end(said.subarray(end + 4))
}

function run(args: readonly string[], cwd = '/', input?: Buffer): string {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
  }
  return execFileSync('git', [...args], {
    cwd,
    env,
    ...(input && { input }),
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
  }).toString()
}
