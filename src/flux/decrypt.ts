import type { KubeObject } from '../kube/object.ts'
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

/**
 * The object as it is applied: without its SOPS metadata, and with values that nobody here can know
 * where the encrypted ones were. They are made `by: 'decryption'` and have the type that SOPS recorded.
 */
export function decrypted(object: KubeObject): KubeObject {
  const { root } = object
  const optOut =
    textAt(root, 'metadata', 'annotations', OPT_OUT) || textAt(root, 'metadata', 'labels', OPT_OUT)
  if (optOut.toLowerCase() === 'disabled') return object
  const open = reveal(root.without('sops'))
  return open.kind === 'map' ? { ...object, root: open } : object
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
