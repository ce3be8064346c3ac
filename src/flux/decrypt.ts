import { formatId, type KubeObject } from '../kube/object.ts'
import type { DataKeys } from '../secrets/datakeys.ts'
import { dataKeyOf } from '../secrets/datakeys.ts'
import { decryptDocument } from '../secrets/decrypt.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Span } from '../text/source.ts'
import {
  ListNode,
  type Made,
  MapNode,
  type Node,
  plainNode,
  type Scalar,
  stringNode,
} from '../yaml/node.ts'
import { mapAt, textAt } from './fields.ts'

const OPT_OUT = 'kustomize.toolkit.fluxcd.io/decrypt'

/** Whether a place holds a value that is made up because the real one is encrypted or only in the cluster. */
export function isGuessed(at: Span & { readonly made?: Made | undefined }): boolean {
  return at.made?.by === 'decryption' || at.made?.by === 'unknown-variable'
}

/** Whether an object carries SOPS metadata. */
export function isEncrypted({ root }: KubeObject): boolean {
  return textAt(root, 'sops', 'mac') !== '' || mapAt(root, 'sops', 'age') !== undefined
}

/** An object as it is applied, and why it cannot be decrypted. */
export interface Opened {
  readonly object: KubeObject
  readonly refusals: readonly Finding[]
}

/**
 * The object as `owner` applies it: without its SOPS metadata. Encrypted values are decrypted where `owner`
 * decrypts and their key is known, and made up, `by: 'decryption'`, of the type that SOPS recorded, where it
 * is not known. An owner that does not decrypt applies the ciphertext.
 */
export function open(object: KubeObject, owner: KubeObject, keys: DataKeys | undefined): Opened {
  if (isOptedOut(object)) return { object, refusals: [] }
  const isOn = textAt(owner.root, 'spec', 'decryption', 'provider') === 'sops'
  if (!isEncrypted(object)) return { object, refusals: [] }
  if (!isOn) return { object: { ...object, root: object.root.without('sops') }, refusals: [] }
  const sops = mapAt(object.root, 'sops')
  const key = sops && keys ? dataKeyOf(sops, keys) : undefined
  if (sops === undefined || key === undefined) return { object: madeUp(object), refusals: [] }
  const plain = decryptDocument(object.root, sops, key)
  if ('failed' in plain) return { object: madeUp(object), refusals: [closed(object, plain.failed)] }
  return { object: { ...object, root: plain.root }, refusals: [] }
}

function isOptedOut({ root }: KubeObject): boolean {
  return textAt(root, 'metadata', 'annotations', OPT_OUT).toLowerCase() === 'disabled'
}

function closed(object: KubeObject, at: Span): Finding {
  return {
    code: 'malformed-ciphertext',
    message: 'decryption failed: the value does not belong to this place or this key',
    at,
    object: formatId(object.id),
    help: 'SOPS binds a value to the path of its key; move it with sops, not with an editor or a patch',
  }
}

function madeUp(object: KubeObject): KubeObject {
  const plain = reveal(object.root.without('sops'))
  return plain.kind === 'map' ? { ...object, root: plain } : object
}

function reveal(node: Node): Node {
  if (node.kind === 'scalar') return node.text.startsWith('ENC[AES256_GCM,') ? guess(node) : node
  if (node.kind === 'list') {
    const items = node.items.map(reveal)
    return items.every((item, i) => item === node.items[i])
      ? node
      : new ListNode(items, node, node.flow, node.made)
  }
  const values = node.values.map(reveal)
  return values.every((value, i) => value === node.values[i])
    ? node
    : new MapNode(node.keys, values, node, node.flow, node.made)
}

function guess(leaf: Scalar): Node {
  const made = { by: 'decryption', from: leaf }
  const type = /,type:(\w+)\]$/.exec(leaf.text)?.[1]
  if (type === 'int') return plainNode('1', leaf, made)
  if (type === 'float') return plainNode('1.5', leaf, made)
  if (type === 'bool') return plainNode('true', leaf, made)
  return stringNode('', leaf, made)
}
