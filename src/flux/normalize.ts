import { apiVersionOf, type KubeObject } from '../kube/object.ts'
import { isClusterScoped } from '../kustomize/resid.ts'
import { ListNode, MapNode, type Node, Scalar, stringNode } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'
import { emptyMap, mapAt, nodeAt, setField, textAt } from './fields.ts'

/** Where kinds hold the pod that they make. */
const PODS: Readonly<Record<string, readonly string[]>> = {
  'v1 Pod': ['spec'],
  'apps/v1 Deployment': ['spec', 'template', 'spec'],
  'apps/v1 StatefulSet': ['spec', 'template', 'spec'],
  'apps/v1 DaemonSet': ['spec', 'template', 'spec'],
  'apps/v1 ReplicaSet': ['spec', 'template', 'spec'],
  'batch/v1 Job': ['spec', 'template', 'spec'],
  'batch/v1 CronJob': ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
}

/**
 * An object as the controller changes it before it applies it (fluxcd/pkg/ssa 0.76 normalize): no status,
 * no creation time, ports with a protocol, a Secret's texts among its data.
 */
export function normalize(object: KubeObject): KubeObject {
  const kind = `${apiVersionOf(object.id)} ${object.id.kind}`
  let root = object.root
  if (object.id.kind !== 'CustomResourceDefinition') root = root.without('status')
  const metadata = mapAt(root, 'metadata')
  if (metadata) root = setField(root, 'metadata', withoutOwn(metadata, object))
  if (!object.id.group.includes('.')) root = root.without('sops')
  const pod = PODS[kind]
  if (pod) root = change(root, [...pod, 'containers'], eachPort)
  if (kind === 'v1 Service') root = change(root, ['spec'], spec => withProtocols(spec))
  if (kind === 'v1 ConfigMap') root = change(root, ['data'], filled)
  if (kind === 'v1 Secret') root = mergeTexts(root)
  return root === object.root ? object : { ...object, root }
}

/** Metadata without what is the server's own, and without a namespace where the kind has none. */
function withoutOwn(metadata: MapNode, { id }: KubeObject): MapNode {
  let kept = metadata
  for (const field of ['creationTimestamp', 'generation', 'resourceVersion', 'uid', 'selfLink'])
    kept = kept.without(field)
  return isClusterScoped(id) ? kept.without('namespace') : kept
}

function change(root: MapNode, path: readonly string[], make: (node: Node) => Node): MapNode {
  const [field = '', ...rest] = path
  const value = nodeAt(root, field)
  if (value === undefined) return root
  if (rest.length === 0) return setField(root, field, make(value))
  return value.kind === 'map' ? setField(root, field, change(value, rest, make)) : root
}

function eachPort(containers: Node): Node {
  return mapItems(containers, withProtocols)
}

function withProtocols(holder: Node): Node {
  const ports = nodeAt(holder, 'ports')
  if (holder.kind !== 'map' || ports === undefined) return holder
  return setField(
    holder,
    'ports',
    mapItems(ports, port =>
      port.kind === 'map' && textAt(port, 'protocol') === ''
        ? setField(port, 'protocol', stringNode('TCP', port, { by: 'normalization' }))
        : port,
    ),
  )
}

function mapItems(node: Node, make: (item: Node) => Node): Node {
  if (node.kind !== 'list') return node
  return new ListNode(node.items.map(make), node, node.flow, node.made)
}

/** A map of texts after its way through Go's type: null is the empty text. */
function filled(data: Node): Node {
  if (data.kind !== 'map') return data
  const values = data.values.map(value =>
    value.kind === 'scalar' && typeOf(value) === 'null'
      ? stringNode('', value, { by: 'normalization', from: value })
      : value,
  )
  if (values.every((value, i) => value === data.values[i])) return data
  return new MapNode(data.keys, values, data, data.flow, data.made)
}

/** `stringData` in base64 over `data`. */
function mergeTexts(root: MapNode): MapNode {
  const texts = mapAt(root, 'stringData')
  if (texts === undefined) return root.without('stringData')
  let data = mapAt(root, 'data') ?? emptyMap(texts)
  for (const [i, key] of texts.keys.entries()) {
    const value = texts.values[i]
    if (value?.kind === 'scalar') data = data.with(key, coded(value))
  }
  return setField(root.without('stringData'), 'data', data)
}

function coded(text: Scalar): Scalar {
  const base64 = Buffer.from(text.text).toString('base64')
  const made = text.made ?? { by: 'string-data', from: text }
  return new Scalar(base64, 'double', undefined, 'v3', text, made)
}
