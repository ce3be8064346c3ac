import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from './api.ts'
import { until } from './controlplane.ts'
import { freePorts } from './ports.ts'
import type { Processes } from './processes.ts'

export const CONTROLLERS = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
] as const

/** Starts the four controllers of Flux outside the cluster, all listeners on loopback. */
export async function startFlux(processes: Processes, api: Api): Promise<void> {
  await api.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system' } })
  const ports = await freePorts(7)
  const [artifacts = 0, events = 0, receivers = 0, ...health] = ports
  const storage = join(processes.folder, 'artifacts')
  mkdirSync(storage, { recursive: true })
  const at = (port: number) => `127.0.0.1:${port}`
  const own: Readonly<Record<(typeof CONTROLLERS)[number], readonly string[]>> = {
    'source-controller': [
      `--storage-path=${storage}`,
      `--storage-addr=${at(artifacts)}`,
      `--storage-adv-addr=${at(artifacts)}`,
      '--requeue-dependency=2s',
      '--concurrent=8',
    ],
    'kustomize-controller': ['--requeue-dependency=2s', '--concurrent=20'],
    'helm-controller': [
      '--requeue-dependency=2s',
      '--concurrent=8',
      '--graceful-shutdown-timeout=1s',
    ],
    'notification-controller': [`--receiverAddr=${at(receivers)}`, '--rate-limit-interval=1s'],
  }
  const env = {
    KUBECONFIG: join(processes.folder, 'kubeconfig'),
    RUNTIME_NAMESPACE: 'flux-system',
  }
  CONTROLLERS.forEach((name, i) => {
    const isReceiver = name === 'notification-controller'
    processes.start(
      name,
      [
        ...own[name],
        `--events-addr=${isReceiver ? at(events) : `http://${at(events)}/`}`,
        '--metrics-addr=0',
        `--health-addr=${at(health[i] ?? 0)}`,
        '--log-level=info',
        ...(isReceiver ? [] : ['--kube-api-qps=500', '--kube-api-burst=1000']),
      ],
      env,
    )
  })
  for (const port of health)
    await until('the controllers', () => isHealthy(`http://${at(port)}/readyz`), processes)
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(url).then(
    answer => answer.ok,
    () => false,
  )
}
