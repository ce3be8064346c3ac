import { request, type RequestOptions } from 'node:https'
import { request as requestPlain } from 'node:http'
import { UsageError } from '../usage.ts'

/** The cluster of the current kubeconfig: answers GET requests as JSON. */
export interface ClusterServer {
  readonly address: string
  get(path: string, accept?: string): Promise<unknown>
}

const TIMEOUT = 30_000
/** A whole `/openapi/v3` document stays far below. */
const LARGEST = 256 * 1024 * 1024

/**
 * Opens the cluster of the current context as kubectl does: exec and token logins, client
 * certificates, proxies. What is wrong with the kubeconfig is a usage error.
 */
export async function openServer(kubeconfig: string | undefined): Promise<ClusterServer> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  try {
    if (kubeconfig === undefined) config.loadFromDefault()
    else config.loadFromFile(kubeconfig)
  } catch (error) {
    throw new UsageError(`the kubeconfig cannot be read: ${reasonOf(error)}`)
  }
  const cluster = config.getCurrentCluster()
  if (cluster === null)
    throw new UsageError('the kubeconfig has no current context: `kubectl config use-context NAME`')
  const address = cluster.server.replace(/\/$/, '')
  const options: RequestOptions = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    throw new UsageError(`the login of the current context failed: ${reasonOf(error)}`)
  }
  return { address, get: (path, accept) => getJson(address, path, options, accept) }
}

async function getJson(
  address: string,
  path: string,
  options: RequestOptions,
  accept = 'application/json',
): Promise<unknown> {
  const { status, body } = await get(address, path, {
    ...options,
    headers: headersOf(options, accept),
  })
  if (status === 401)
    throw new UsageError(`${address} does not know you (401): log in again, or renew the token`)
  if (status === 403)
    throw new UsageError(
      `${address} forbids GET ${path} (403): reading discovery needs the role system:discovery`,
    )
  if (status === 404 || status === 406)
    throw new UsageError(
      `${address} does not serve ${path} (${status}): the API server is too old, 1.27 or later is needed`,
    )
  if (status !== 200) throw new UsageError(`${address} answered GET ${path} with ${status}`)
  try {
    return JSON.parse(body)
  } catch {
    throw new UsageError(`${address} answered GET ${path} with something that is not JSON`)
  }
}

function headersOf(options: RequestOptions, accept: string): Record<string, string> {
  const headers: Record<string, string> = { accept }
  const given = Array.isArray(options.headers) ? {} : (options.headers ?? {})
  for (const [name, value] of Object.entries(given))
    if (typeof value === 'string') headers[name] = value
  return headers
}

function get(
  address: string,
  path: string,
  options: RequestOptions,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(new UsageError(explain(address, error)))
    }
    const send = address.startsWith('http:') ? requestPlain : request
    const call = send(address + path, { ...options, method: 'GET' }, response => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > LARGEST) call.destroy(new Error('the answer is too large'))
        else chunks.push(chunk)
      })
      response.on('aborted', () => fail(new Error('the answer was cut off half-way')))
      response.on('error', fail)
      response.on('end', () => {
        if (response.complete)
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
          })
        else fail(new Error('the answer was cut off half-way'))
      })
    })
    call.setTimeout(TIMEOUT, () => call.destroy(new Error(`no answer within ${TIMEOUT / 1000} s`)))
    call.on('error', fail)
    call.end()
  })
}

function explain(address: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/.test(code))
    return `${address}: its certificate is not signed by the kubeconfig's CA (${code})`
  if (
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND' ||
    code === 'EHOSTUNREACH' ||
    code === 'ETIMEDOUT'
  )
    return `${address} cannot be reached (${code})`
  return `${address}: ${reasonOf(error)}`
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown error'
}
