import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'yaml'
import { Api } from './api.ts'
import { fluxCrds } from './crds.ts'
import { freePorts } from './ports.ts'
import type { Processes } from './processes.ts'
import { dig, isObj, text } from './json.ts'

/** Starts etcd and kube-apiserver, and kube-controller-manager once the server answers. */
export async function startControlPlane(processes: Processes): Promise<Api> {
  const { folder } = processes
  const [port = 0, client = 0, peer = 0] = await freePorts(3)
  const token = randomBytes(24).toString('base64url')
  const key = join(folder, 'accounts.key')
  execFileSync('openssl', ['genrsa', '-out', key, '2048'], { stdio: 'ignore' })
  writeFileSync(join(folder, 'tokens.csv'), `${token},admin,admin,system:masters\n`, {
    mode: 0o600,
  })
  processes.start('etcd', etcdFlags(folder, client, peer))
  processes.start('kube-apiserver', serverFlags(folder, port, client, key))
  const api = new Api(port, token)
  await until('the API server', () => isReady(api), processes)
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, api.config.exportConfig(), { mode: 0o600 })
  processes.start('kube-controller-manager', managerFlags(kubeconfig, key))
  await installCrds(api, processes)
  return api
}

async function isReady(api: Api): Promise<boolean> {
  const { code } = await api.ask('GET', '/readyz').catch(() => ({ code: 0 }))
  if (code !== 200) return false
  return (await api.ask('GET', '/api/v1/namespaces/default')).code === 200
}

async function installCrds(api: Api, processes: Processes): Promise<void> {
  const crds = fluxCrds().map(one => parse(one))
  const base = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  for (const crd of crds) {
    const { code, body } = await api.ask('POST', base, JSON.stringify(crd))
    if (code >= 300) throw new Error(text(body, 'message'))
  }
  await until(
    'the CustomResourceDefinitions',
    async () => {
      const all = await api.list(base)
      const open = all.filter(one => {
        const conditions = dig(one, 'status', 'conditions')
        return !(
          Array.isArray(conditions) &&
          conditions.some(c => isObj(c) && c['type'] === 'Established' && c['status'] === 'True')
        )
      })
      return all.length >= crds.length && open.length === 0
    },
    processes,
  )
}

/** Polls until something holds; fails when a process dies or the time is over. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  processes: Processes,
  seconds = 180,
): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    if (await Promise.race([holds(), processes.failed])) return
    await Promise.race([sleep(250), processes.failed])
  }
  throw new Error(`waited ${seconds} s in vain for ${what}`)
}

function etcdFlags(folder: string, client: number, peer: number): string[] {
  const clients = `http://127.0.0.1:${client}`
  const peers = `http://127.0.0.1:${peer}`
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    '--unsafe-no-fsync=true',
    '--log-level=error',
  ]
}

function serverFlags(folder: string, port: number, etcd: number, key: string): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${join(folder, 'certs')}`,
    // Loopback is refused as an advertised address; nobody connects to this one.
    '--advertise-address=192.0.2.1',
    '--endpoint-reconciler-type=none',
    '--service-account-issuer=https://issuer.example.com',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=AlwaysAllow',
    '--service-cluster-ip-range=10.0.0.0/16',
    '--allow-privileged=true',
    '--disable-admission-plugins=ServiceAccount',
    '--enable-priority-and-fairness=false',
    '--max-requests-inflight=0',
    '--profiling=false',
  ]
}

const CONTROLLERS =
  'deployment-controller,replicaset-controller,statefulset-controller,daemonset-controller,job-controller,' +
  'cronjob-controller,endpointslice-controller,namespace-controller,serviceaccount-controller,' +
  'garbage-collector-controller'

function managerFlags(kubeconfig: string, key: string): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--service-account-private-key-file=${key}`,
    `--controllers=${CONTROLLERS}`,
    '--bind-address=127.0.0.1',
    '--secure-port=0',
    '--leader-elect=false',
    '--use-service-account-credentials=false',
    '--kube-api-qps=500',
    '--kube-api-burst=500',
    '--min-resync-period=1h',
    '--profiling=false',
  ]
}
