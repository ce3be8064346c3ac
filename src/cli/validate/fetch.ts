import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { join } from 'node:path'

/** A schema's text, nothing there, or why it cannot be had (which ends the look-up). */
export type Loaded =
  | { readonly text: string }
  | { readonly missing: true }
  | { readonly error: string }

export interface FetchOptions {
  /** Folder for what came over the network. */
  readonly cache: string | undefined
  readonly insecure: boolean
}

const RETRIES = 2
const TIMEOUT = 30_000
const LARGEST = 64 * 1024 * 1024

/** Reads a schema from a file or a URL as kubeconform does: 404 and what is no JSON mean "try the next". */
export async function loadSchema(place: string, options: FetchOptions): Promise<Loaded> {
  if (!/^https?:/.test(place)) return readFile(place)
  const cached =
    options.cache && join(options.cache, createHash('sha256').update(place).digest('hex'))
  if (cached !== undefined && existsSync(cached)) return { text: readFileSync(cached, 'utf8') }
  const loaded = await fetchRetrying(place, options)
  if (cached !== undefined && 'text' in loaded) writeFileSync(cached, loaded.text)
  return loaded
}

function readFile(path: string): Loaded {
  if (!existsSync(path)) return { missing: true }
  return { text: readFileSync(path, 'utf8') }
}

async function fetchRetrying(url: string, options: FetchOptions): Promise<Loaded> {
  let error = ''
  for (let attempt = 0; attempt <= RETRIES; attempt++) {
    try {
      const { status, body } = await request(url, options.insecure)
      if (status === 404) return { missing: true }
      if (status === 200) return { text: body }
      if (status < 500)
        return {
          error: `error while downloading schema at ${url} - received HTTP status ${status}`,
        }
      error = `error while downloading schema at ${url} - received HTTP status ${status}`
    } catch (reason) {
      error = `failed downloading schema at ${url}: ${reason instanceof Error ? reason.message : ''}`
    }
  }
  return { error }
}

function request(url: string, insecure: boolean): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const get = url.startsWith('https:') ? getHttps : getHttp
    const call = get(url, { rejectUnauthorized: !insecure, timeout: TIMEOUT }, response => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > LARGEST) call.destroy(new Error('the answer is too large'))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
    call.on('timeout', () => call.destroy(new Error('timed out')))
    call.on('error', reject)
  })
}
