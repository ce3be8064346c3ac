import { encodeBase64 } from '../kustomize/generate.ts'
import { hashOf } from '../kustomize/hash.ts'
import type { DataKeys } from '../secrets/datakeys.ts'
import { idOf, type KubeObject } from '../kube/object.ts'
import { ListNode, MapNode, type Node, Scalar } from '../yaml/node.ts'
import { mapAt, textAt } from './fields.ts'
import { isGuessed } from './decrypt.ts'
import type { FluxKustomization } from './model.ts'
import { openFile, openVariable } from './opened.ts'

/** What Flux looks for in a value to take it for a file of SOPS (kustomize-controller 1.9 decryptor). */
const MARKS = ['mac: ENC[', '"mac": "ENC[', 'sops_mac=ENC[', '[sops]']

export interface Known {
  readonly objects: readonly KubeObject[]
  /** Names of objects whose hash cannot be known here, as they are shown. */
  readonly unknown: readonly string[]
}

/**
 * Secrets that are generated from encrypted files: Flux decrypts those before it builds. With a key the values
 * of environment files and of binary files are decrypted here as well, and names hashed anew; what stays
 * unknown is made up, and a name with a hash of it ends in `-<unknown>` wherever it stands.
 */
export function hideUnknown(
  objects: readonly KubeObject[],
  owner: FluxKustomization,
  keys?: DataKeys,
): Known {
  if (textAt(owner.spec, 'decryption', 'provider') !== 'sops') return { objects, unknown: [] }
  const names = new Map<string, string>()
  const guessed = objects.map(object => {
    const data = object.id.kind === 'Secret' ? mapAt(object.root, 'data') : undefined
    const values = data?.values.map((value, i) => {
      const found = guess(value, owner.locked)
      if (found === value || keys === undefined) return found
      return opened(value, data.keys[i]?.text ?? '', { owner, keys }) ?? found
    })
    if (!data || !values || values.every((value, i) => value === data.values[i])) return object
    const { name } = object.id
    const stem = /^(.+)-[a-z0-9]{10}$/.exec(name)?.[1]
    const key = object.root.key('data')
    const masked = new MapNode(data.keys, values, data, data.flow, data.made)
    const root = key ? object.root.with(key, masked) : object.root
    const isKnown = !values.some(one => one.kind === 'scalar' && isGuessed(one))
    if (stem !== undefined)
      names.set(name, `${stem}-${isKnown ? hashOf(wrapped(root, masked)) : '<unknown>'}`)
    return { ...object, root }
  })
  if (names.size === 0) return { objects: guessed, unknown: [] }
  const renamed = guessed.map(object => {
    const root = rename(object.root, names)
    return root.kind === 'map' ? { id: idOf(root), root } : object
  })
  return { objects: renamed, unknown: [...names.values()].filter(one => one.endsWith('>')) }
}

function guess(value: Node, locked: ReadonlySet<string> | undefined): Node {
  if (value.kind !== 'scalar') return value
  const text = Buffer.from(value.text, 'base64').toString('utf8')
  const isMadeUp = locked?.has(value.source.path) === true
  if (!isMadeUp && !MARKS.some(mark => text.includes(mark))) return value
  return new Scalar('', 'double', undefined, 'v3', value, { by: 'decryption', from: value })
}

/** A Secret with its data as the generator writes it, which is what is hashed. */
function wrapped(root: MapNode, data: MapNode): MapNode {
  const key = root.key('data')
  const values = data.values.map(value => {
    const text = value.kind === 'scalar' ? encodeBase64(Buffer.from(value.text, 'base64')) : ''
    return new Scalar(text, 'double', undefined, 'v3', value)
  })
  return key ? root.with(key, new MapNode(data.keys, values, data)) : root
}

/** The value with which Flux builds, base64 as the generator writes it. */
function opened(
  value: Node,
  name: string,
  { owner, keys }: { readonly owner: FluxKustomization; readonly keys: DataKeys },
): Node | undefined {
  if (value.kind !== 'scalar' || owner.origin.kind !== 'here') return undefined
  const { tree } = owner.origin.artifact
  const { path } = value.source
  const text = owner.locked?.has(path)
    ? Buffer.from(tree.read(path)).toString('utf8')
    : Buffer.from(value.text, 'base64').toString('utf8')
  const plain = owner.locked?.has(path)
    ? openVariable(text, name, keys)
    : openFile(text, name, keys)
  if (plain === undefined) return undefined
  const made = { by: 'sops', from: value, secret: true }
  return new Scalar(encodeBase64(plain), 'double', undefined, 'v3', value, made)
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
