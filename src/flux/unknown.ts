import { idOf, type KubeObject } from '../kube/object.ts'
import { ListNode, MapNode, type Node, Scalar } from '../yaml/node.ts'
import { mapAt, textAt } from './fields.ts'
import type { FluxKustomization } from './model.ts'

/** What Flux looks for in a value to take it for a file of SOPS (kustomize-controller 1.9 decryptor). */
const MARKS = ['mac: ENC[', '"mac": "ENC[', 'sops_mac=ENC[', '[sops]']

export interface Known {
  readonly objects: readonly KubeObject[]
  /** Names of objects whose hash cannot be known here, as they are shown. */
  readonly unknown: readonly string[]
}

/**
 * Secrets that are generated from encrypted files: Flux decrypts those before it builds, so the values are
 * made up here, and a name with a hash of them ends in `-<unknown>` wherever it stands.
 */
export function hideUnknown(objects: readonly KubeObject[], owner: FluxKustomization): Known {
  if (textAt(owner.spec, 'decryption', 'provider') !== 'sops') return { objects, unknown: [] }
  const names = new Map<string, string>()
  const guessed = objects.map(object => {
    const data = object.id.kind === 'Secret' ? mapAt(object.root, 'data') : undefined
    const values = data?.values.map(value => guess(value, owner.locked))
    if (!data || !values || values.every((value, i) => value === data.values[i])) return object
    const { name } = object.id
    const stem = /^(.+)-[a-z0-9]{10}$/.exec(name)?.[1]
    if (stem !== undefined) names.set(name, `${stem}-<unknown>`)
    const key = object.root.key('data')
    const masked = new MapNode(data.keys, values, data, data.flow, data.made)
    return key ? { ...object, root: object.root.with(key, masked) } : object
  })
  if (names.size === 0) return { objects: guessed, unknown: [] }
  const renamed = guessed.map(object => {
    const root = rename(object.root, names)
    return root.kind === 'map' ? { id: idOf(root), root } : object
  })
  return { objects: renamed, unknown: [...names.values()] }
}

function guess(value: Node, locked: ReadonlySet<string> | undefined): Node {
  if (value.kind !== 'scalar') return value
  const text = Buffer.from(value.text, 'base64').toString('utf8')
  const isMadeUp = locked?.has(value.source.path) === true
  if (!isMadeUp && !MARKS.some(mark => text.includes(mark))) return value
  return new Scalar('', 'double', undefined, 'v3', value, { by: 'decryption', from: value })
}

function rename(node: Node, names: ReadonlyMap<string, string>): Node {
  if (node.kind === 'scalar') {
    const name = names.get(node.text)
    return name === undefined
      ? node
      : new Scalar(name, 'double', undefined, 'v3', node, { by: 'unknown-hash', from: node })
  }
  if (node.kind === 'list') {
    const items = node.items.map(item => rename(item, names))
    return new ListNode(items, node, node.flow, node.made)
  }
  const values = node.values.map(value => rename(value, names))
  return new MapNode(node.keys, values, node, node.flow, node.made)
}
