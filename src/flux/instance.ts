import type { KubeObject } from '../kube/object.ts'
import { idOf } from '../kube/object.ts'
import { Source } from '../text/source.ts'
import { MapNode, type Node, stringNode } from '../yaml/node.ts'
import { mapAt, scalarAt, textAt } from './fields.ts'
import { KUSTOMIZE, SOURCE } from './kinds.ts'

export interface InstanceObjects {
  readonly path: string
  readonly source: KubeObject
  readonly kustomization: KubeObject
}

/** The source and the Kustomization that flux-operator 0.58 makes of a FluxInstance's `spec.sync`. */
export function instanceObjects({ id, root }: KubeObject): InstanceObjects | undefined {
  const sync = mapAt(root, 'spec', 'sync')
  if (sync === undefined) return undefined
  const name = scalarAt(sync, 'name') ?? stringNode(id.namespace, sync)
  const kind = scalarAt(sync, 'kind') ?? stringNode('GitRepository', sync)
  const interval = scalarAt(sync, 'interval') ?? stringNode('1m', sync)
  const metadata = record(sync, { name, namespace: stringNode(id.namespace, sync) })
  const source = record(sync, {
    apiVersion: stringNode(`${SOURCE}/v1`, sync),
    kind,
    metadata,
    spec: record(sync, {
      interval,
      url: sync.get('url') ?? stringNode('', sync),
    }),
  })
  const kustomization = record(sync, {
    apiVersion: stringNode(`${KUSTOMIZE}/v1`, sync),
    kind: stringNode('Kustomization', sync),
    metadata,
    spec: record(sync, {
      interval,
      path: sync.get('path') ?? stringNode('./', sync),
      prune: stringNode('true', sync),
      sourceRef: record(sync, { kind, name }),
    }),
  })
  return {
    path: textAt(sync, 'path'),
    source: { id: idOf(source), root: source },
    kustomization: { id: idOf(kustomization), root: kustomization },
  }
}

function record(at: Node, fields: Readonly<Record<string, Node>>): MapNode {
  const made = { by: 'flux-instance' }
  const keys = Object.keys(fields).map(key => stringNode(key, at, made))
  return new MapNode(keys, Object.values(fields), at, false, made)
}

/** What stands in for the Kustomization that applies a folder from outside: an AKS fluxConfiguration, say. */
export function folderObject(path: string): KubeObject {
  const at = stringNode(path, new Source(path, '').span(0))
  const root = record(at, {
    apiVersion: stringNode(`${KUSTOMIZE}/v1`, at),
    kind: stringNode('Kustomization', at),
    metadata: record(at, {
      name: stringNode(path.replaceAll('/', '-'), at),
      namespace: stringNode('flux-system', at),
    }),
    spec: record(at, { path: at }),
  })
  return { id: idOf(root), root }
}
