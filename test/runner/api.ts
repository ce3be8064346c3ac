import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface Api {
  readonly url: string
  /** What was asked, as `METHOD /path`. */
  readonly asked: readonly string[]
  /** What a comparison lists, how many it says there are, and the policy of the base. */
  readonly history: { commits: readonly unknown[]; total?: number; policy?: string }
  readonly comments: { id: number; body: string; user: { type: string } }[]
  [Symbol.asyncDispose](): Promise<void>
}

/** A small GitHub on loopback: one pull request and its comments, or one answer to everything. */
export async function startApi(options: {
  readonly title?: string
  readonly status?: number
  readonly silent?: boolean
}): Promise<Api> {
  const asked: string[] = []
  const comments: Api['comments'] = []
  const history: Api['history'] = { commits: [] }
  const reply = (response: ServerResponse, status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (options.silent) return
    if (options.status !== undefined) {
      reply(response, options.status, { message: 'Resource not accessible by integration' })
      return
    }
    const known = answerFromHistory(request.url ?? '', history)
    if (known !== undefined) {
      reply(response, known.status, known.value)
      return
    }
    void answer(request, options.title ?? '', comments).then(value => reply(response, 200, value))
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    history,
    comments,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      const { promise, resolve } = Promise.withResolvers<unknown>()
      server.close(resolve)
      await promise
    },
  }
}

/** Comparisons page by page, and the configuration of the base. */
function answerFromHistory(
  path: string,
  { commits, total, policy }: Api['history'],
): { readonly status: number; readonly value: unknown } | undefined {
  const { pathname, searchParams } = new URL(path, 'http://127.0.0.1')
  if (pathname.includes('/compare/')) {
    const size = Number(searchParams.get('per_page'))
    const from = (Number(searchParams.get('page')) - 1) * size
    const page = commits.slice(from, from + size)
    return { status: 200, value: { total_commits: total ?? commits.length, commits: page } }
  }
  if (!pathname.includes('/contents/')) return undefined
  if (policy === undefined) return { status: 404, value: { message: 'Not Found' } }
  const content = Buffer.from(policy).toString('base64')
  return { status: 200, value: { type: 'file', encoding: 'base64', content } }
}

async function answer(
  request: IncomingMessage,
  title: string,
  comments: Api['comments'],
): Promise<unknown> {
  const path = request.url ?? ''
  if (/\/pulls\/\d+$/.test(path)) return { title, body: '' }
  if (request.method === 'GET') return comments
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const { body }: { body: string } = JSON.parse(text)
  const id = Number(/\/comments\/(\d+)$/.exec(path)?.[1] ?? 0)
  const known = comments.find(one => one.id === id)
  if (known) known.body = body
  else comments.push({ id: comments.length + 1, body, user: { type: 'Bot' } })
  return {}
}
