import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type KindEntry } from '../../src/schema/bundle.ts'
import { binary } from '../e2e/binaries.ts'
import { refereeFolder } from '../referees.ts'
import type { Answer } from './cases.ts'

const PLUGINS = [
  'ServiceAccount',
  'NamespaceLifecycle',
  'Priority',
  'LimitRanger',
  'ResourceQuota',
  'RuntimeClass',
  'StorageObjectInUseProtection',
  'PersistentVolumeClaimResize',
  'PodSecurity',
  'DefaultStorageClass',
  'DefaultIngressClass',
  'DefaultTolerationSeconds',
  'TaintNodesByCondition',
  'MutatingAdmissionWebhook',
  'ValidatingAdmissionWebhook',
  'ValidatingAdmissionPolicy',
  'MutatingAdmissionPolicy',
  'CertificateApproval',
  'CertificateSigning',
  'CertificateSubjectRestriction',
]

/** Whether the programs are there: they take ten minutes to build, so not every machine has them. */
export function isBuilt(): boolean {
  return ['etcd', 'kube-apiserver'].every(name => programOf(name) !== undefined)
}

/** Beside the other real tools, or where the end-to-end build has put it. */
function programOf(name: string): string | undefined {
  return [join(refereeFolder(), name), binary(name)].find(path => existsSync(path))
}

/** A real API server on loopback, empty, without what depends on a cluster's state. */
export class ApiServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'fluxgate-apiserver-'))
  readonly #port = 20_000 + (process.pid % 10_000)
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: false })
  readonly #running: ChildProcess[] = []

  async start(): Promise<void> {
    const key = join(this.#folder, 'sa.key')
    const pub = join(this.#folder, 'sa.pub')
    const tokens = join(this.#folder, 'tokens.csv')
    execFileSync('openssl', ['genrsa', '-out', key, '2048'], { stdio: 'ignore' })
    execFileSync('openssl', ['rsa', '-in', key, '-pubout', '-out', pub], { stdio: 'ignore' })
    writeFileSync(tokens, 'local,admin,admin,system:masters\n')
    const client = `http://127.0.0.1:${this.#port + 1}`
    const peer = `http://127.0.0.1:${this.#port + 2}`
    this.#run('etcd', [
      `--data-dir=${join(this.#folder, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync=true',
    ])
    this.#run('kube-apiserver', [
      `--etcd-servers=${client}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${this.#port}`,
      `--cert-dir=${join(this.#folder, 'certs')}`,
      '--advertise-address=192.0.2.1',
      '--endpoint-reconciler-type=none',
      '--service-account-issuer=https://issuer.example.com',
      `--service-account-key-file=${pub}`,
      `--service-account-signing-key-file=${key}`,
      `--token-auth-file=${tokens}`,
      '--authorization-mode=AlwaysAllow',
      '--service-cluster-ip-range=10.0.0.0/16',
      '--allow-privileged=true',
      `--disable-admission-plugins=${PLUGINS.join(',')}`,
      '--enable-priority-and-fairness=false',
      '--max-requests-inflight=0',
      '--watch-cache=false',
    ])
    for (let tries = 0; tries < 120; tries++) {
      if ((await this.#ask('GET', '/readyz').catch(() => undefined))?.code === 200) return
      await sleep(500)
    }
    throw new Error('kube-apiserver did not become ready')
  }

  #run(name: string, args: readonly string[]): void {
    this.#running.push(spawn(programOf(name) ?? name, args, { stdio: 'ignore' }))
  }

  #ask(method: string, path: string, body = ''): Promise<{ code: number; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: 'Bearer local',
        'content-type': 'application/apply-patch+yaml',
        'content-length': Buffer.byteLength(body),
      }
      const options = {
        host: '127.0.0.1',
        port: this.#port,
        method,
        path,
        headers,
        agent: this.#agent,
      }
      const sent = request(options, answer => {
        let text = ''
        answer.on('data', part => (text += part))
        answer.on('end', () => resolve({ code: answer.statusCode ?? 0, text }))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  /** What the server says to the request that Flux makes for an object. */
  async apply(object: unknown, entry: KindEntry, name: string, namespace: string): Promise<Answer> {
    const group = entry.group === '' ? '/api' : `/apis/${entry.group}`
    const scope = entry.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : ''
    const path = `${group}/${entry.version}${scope}/${entry.plural}/${encodeURIComponent(name)}`
    const query = '?dryRun=All&force=true&fieldManager=kustomize-controller'
    const { code, text } = await this.#ask('PATCH', path + query, JSON.stringify(object))
    const { message = text, details }: { message?: string; details?: Pick<Answer, 'causes'> } =
      text.startsWith('{') ? JSON.parse(text) : {}
    return { code, message, ...(details?.causes && { causes: details.causes }) }
  }

  /** Makes a kind known to the server. */
  async install(crd: unknown, name: string): Promise<void> {
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`
    const query = '?force=true&fieldManager=test'
    const { code, text } = await this.#ask('PATCH', path + query, JSON.stringify(crd))
    if (code > 201) throw new Error(`${name} was not installed: ${text}`)
    for (let tries = 0; tries < 60; tries++) {
      if (/"Established","status":"True"/.test((await this.#ask('GET', path)).text)) return
      await sleep(200)
    }
    throw new Error(`${name} was not established`)
  }

  stop(): void {
    this.#agent.destroy()
    for (const one of this.#running) one.kill()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
