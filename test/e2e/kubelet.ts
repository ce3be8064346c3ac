import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from './api.ts'
import { items, type Obj, text } from './json.ts'

/** Plays the nodes: Pods run and are ready, load balancers get an address, claims are bound. Ends on abort. */
export async function playNodes(api: Api, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pods = await api.list('/api/v1/pods?fieldSelector=status.phase%3DPending').catch(() => [])
    const services = await api.list('/api/v1/services').catch(() => [])
    await Promise.all([
      ...pods.map(pod => patchStatus(api, pod, running(pod))),
      ...services.filter(isWaiting).map(one => patchStatus(api, one, balanced)),
    ]).catch(() => {})
    await sleep(400, undefined, { signal }).catch(() => {})
  }
}

const balanced = { loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } }

function isWaiting(service: Obj): boolean {
  return (
    text(service, 'spec', 'type') === 'LoadBalancer' &&
    items(service, 'status', 'loadBalancer', 'ingress').length === 0
  )
}

function running(pod: Obj): Obj {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const types = ['Initialized', 'ContainersReady', 'PodScheduled', 'Ready']
  return {
    phase: 'Running',
    startTime: now,
    conditions: types.map(type => ({ type, status: 'True', lastTransitionTime: now })),
    containerStatuses: items(pod, 'spec', 'containers').map(one => ({
      name: text(one, 'name'),
      image: text(one, 'image'),
      imageID: text(one, 'image'),
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: now } },
    })),
  }
}

async function patchStatus(api: Api, object: Obj, status: unknown): Promise<void> {
  const kind = text(object, 'spec', 'type') === 'LoadBalancer' ? 'services' : 'pods'
  const [namespace, name] = [
    text(object, 'metadata', 'namespace'),
    text(object, 'metadata', 'name'),
  ]
  await api.ask(
    'PATCH',
    `/api/v1/namespaces/${namespace}/${kind}/${name}/status`,
    JSON.stringify({ status }),
    'application/merge-patch+json',
  )
}
