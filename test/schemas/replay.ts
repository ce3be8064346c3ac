import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = join(import.meta.dirname, '../data/cluster-openapi')

/** A recorded answer as the server sent it. */
export function answerOf(path: string): Buffer | undefined {
  const name = path.replace(/^\//, '').replaceAll('/', '_')
  const file = /^(?:api|apis)$/.test(name) ? `discovery_${name}` : name
  try {
    return gunzipSync(readFileSync(join(folder, `${file}.json.gz`)))
  } catch {
    return undefined
  }
}

export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** A certificate of its own for 127.0.0.1, made on the spot. */
export function selfSigned(into: string, name: string): Certificate {
  const [key, cert] = [join(into, `${name}.key`), join(into, `${name}.crt`)]
  execFileSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${name} -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${cert}`.split(
      ' ',
    ),
    { stdio: 'ignore' },
  )
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}

export const TOKEN = 'a-token-for-tests'

/** What is wrong with a server: `cut` ends the answer of a path half-way, `slow` dribbles it. */
export interface Trouble {
  readonly cut?: string | undefined
  readonly slow?: string | undefined
}

/** Replays the recorded server. */
export async function replay(
  own: Certificate,
  { cut, slow }: Trouble = {},
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(own, (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return response.writeHead(401).end()
    const body = answerOf(path)
    if (body === undefined) return response.writeHead(404).end()
    response.writeHead(200, { 'content-length': body.length })
    if (path === slow) return dribble(response, body)
    if (path !== cut) return response.end(body)
    response.write(body.subarray(0, body.length / 2))
    return setTimeout(() => response.destroy(), 20)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { server, url: `https://127.0.0.1:${port}` }
}

/** Writes an answer in ten pieces with waits between. */
function dribble(response: ServerResponse, body: Buffer, at = 0): void {
  const step = Math.ceil(body.length / 10)
  if (at + step >= body.length) response.end(body.subarray(at))
  else {
    response.write(body.subarray(at, at + step))
    setTimeout(() => dribble(response, body, at + step), 20)
  }
}

/** A kubeconfig with one context. */
export function kubeconfig(into: string, url: string, ca: string, token: string): string {
  const path = join(into, 'kubeconfig')
  const data = Buffer.from(ca).toString('base64')
  writeFileSync(
    path,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      clusters: [{ name: 'test', cluster: { server: url, 'certificate-authority-data': data } }],
      users: [{ name: 'test', user: { token } }],
    }),
  )
  return path
}
