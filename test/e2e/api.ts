import { Agent, request } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { KubeConfig, KubernetesObjectApi } from '@kubernetes/client-node'
import { dig, isObj, items, type Obj, text } from './json.ts'

/** What names an object. */
export interface Ref {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
}

export interface Answer {
  readonly code: number
  readonly body: unknown
}

/** Finds the paths of objects as the server's discovery gives them. */
class Paths extends KubernetesObjectApi {
  of(ref: Ref): Promise<string> {
    const { name, namespace } = ref.metadata
    const metadata = namespace === undefined ? { name } : { name, namespace }
    return this.specUriPath({ ...ref, metadata }, 'read')
  }
}

/** Talks to one API server. Bodies stay as they are: typed clients would hide what the server drops. */
export class Api {
  readonly config = new KubeConfig()
  readonly #paths: Paths
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 24 })
  readonly #port: number

  constructor(port: number, token: string) {
    this.#port = port
    this.config.loadFromOptions({
      clusters: [{ name: 'e2e', server: `https://127.0.0.1:${port}`, skipTLSVerify: true }],
      users: [{ name: 'e2e', token }],
      contexts: [{ name: 'e2e', cluster: 'e2e', user: 'e2e' }],
      currentContext: 'e2e',
    })
    this.#paths = this.config.makeApiClient(Paths)
  }

  /** One request; sent again where the connection broke, as kept connections do on a busy machine. */
  async ask(method: string, path: string, body = '', type = 'application/json'): Promise<Answer> {
    for (let tries = 1; ; tries++)
      try {
        return await this.#send(method, path, body, type)
      } catch (error) {
        if (tries === 5) throw error
        await sleep(200 * tries)
      }
  }

  async #send(method: string, path: string, body: string, type: string): Promise<Answer> {
    const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) }
    const options = { host: '127.0.0.1', port: this.#port, method, path, headers }
    await this.config.applyToHTTPSOptions(options)
    return new Promise((resolve, reject) => {
      const sent = request(
        { ...options, agent: this.#agent, rejectUnauthorized: false },
        answer => {
          const parts: Buffer[] = []
          answer.on('data', part => parts.push(part))
          answer.on('end', () => {
            const said = Buffer.concat(parts).toString()
            const isJson = said.startsWith('{')
            resolve({ code: answer.statusCode ?? 0, body: isJson ? JSON.parse(said) : said })
          })
          answer.on('error', reject)
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }

  pathOf(ref: Ref): Promise<string> {
    return this.#paths.of(ref)
  }

  /** The object, or undefined where there is none or its kind is unknown. */
  async read(ref: Ref): Promise<Obj | undefined> {
    const path = await this.pathOf(ref).catch(() => undefined)
    if (path === undefined) return undefined
    const { code, body } = await this.ask('GET', path)
    return code === 200 && isObj(body) ? body : undefined
  }

  /** Server-side apply as Flux does it; `dryRun` keeps nothing. */
  async apply(object: Ref, manager = 'e2e', dryRun = false): Promise<Answer> {
    const path = await this.pathOf(object)
    const query = `?fieldManager=${manager}&force=true${dryRun ? '&dryRun=All' : ''}`
    return this.ask('PATCH', path + query, JSON.stringify(object), 'application/apply-patch+yaml')
  }

  /** Applies and throws what the server says against it. */
  async put(object: Ref): Promise<void> {
    const { code, body } = await this.apply(object)
    if (code >= 300)
      throw new Error(`${object.kind} ${object.metadata.name}: ${text(body, 'message')}`)
  }

  async merge(ref: Ref, patch: unknown, part = ''): Promise<Answer> {
    const path = (await this.pathOf(ref)) + part
    return this.ask('PATCH', path, JSON.stringify(patch), 'application/merge-patch+json')
  }

  async delete(ref: Ref): Promise<void> {
    await this.ask('DELETE', await this.pathOf(ref))
  }

  /** All objects of a resource such as `/api/v1/pods`. */
  async list(path: string): Promise<readonly Obj[]> {
    const { body } = await this.ask('GET', path)
    return items(body, 'items').filter(isObj)
  }

  close(): void {
    this.#agent.destroy()
  }
}

export interface Condition {
  readonly status: string
  readonly reason: string
  readonly message: string
}

/** The condition of a type, if it speaks of the object as it is now. */
export function condition(object: Obj | undefined, type = 'Ready'): Condition | undefined {
  const all = items(object, 'status', 'conditions')
  const found = all.find(one => text(one, 'type') === type)
  if (found === undefined) return undefined
  const seen = dig(found, 'observedGeneration') ?? dig(object, 'status', 'observedGeneration')
  if (typeof seen === 'number' && seen !== dig(object, 'metadata', 'generation')) return undefined
  return {
    status: text(found, 'status'),
    reason: text(found, 'reason'),
    message: text(found, 'message'),
  }
}
