import type { KubeObject } from '../kube/object.ts'
import { ListNode, MapNode, type Node, type Scalar, stringNode } from '../yaml/node.ts'
import { isGuessed } from './decrypt.ts'

/** What is shown in place of the bytes of a secret value. */
export type Tell = (bytes: Uint8Array) => string

export const MASKED = '<masked>'

/** The object with every secret value replaced: those of a Secret, and those that were decrypted anywhere. */
export function maskObject(object: KubeObject, tell: Tell): KubeObject {
  let root = hideSecrets(object.root, tell)
  if (object.id.kind === 'Secret')
    for (const field of ['data', 'stringData']) {
      const [key, value] = [object.root.key(field), object.root.get(field)]
      if (key && value) root = put(root, key, hideData(value, field === 'data', tell))
    }
  return root.kind === 'map' ? { ...object, root } : object
}

function put(node: Node, key: Scalar, value: Node): Node {
  return node.kind === 'map' ? node.with(key, value) : node
}

function hideData(node: Node, isCoded: boolean, tell: Tell): Node {
  if (node.kind !== 'map') return stringNode(MASKED, node, node.made)
  const values = node.values.map(value => {
    if (value.kind !== 'scalar' || isGuessed(value)) return stringNode(MASKED, value, value.made)
    const bytes = Buffer.from(value.text, isCoded ? 'base64' : 'utf8')
    return stringNode(tell(bytes), value, value.made)
  })
  return new MapNode(node.keys, values, node, node.flow, node.made)
}

/** Hides what was decrypted, wherever it went. */
export function hideSecrets(node: Node, tell: Tell): Node {
  if (node.kind === 'scalar') return hideLeaf(node, tell)
  if (node.kind === 'list') {
    const items = node.items.map(item => hideSecrets(item, tell))
    return items.every((item, i) => item === node.items[i])
      ? node
      : new ListNode(items, node, node.flow, node.made)
  }
  const keys = node.keys.map(key => hideLeaf(key, tell))
  const values = node.values.map(value => hideSecrets(value, tell))
  const isSame =
    keys.every((key, i) => key === node.keys[i]) &&
    values.every((value, i) => value === node.values[i])
  return isSame ? node : new MapNode(keys, values, node, node.flow, node.made)
}

function hideLeaf(leaf: Scalar, tell: Tell): Scalar {
  if (leaf.made?.by === 'decryption') return stringNode(MASKED, leaf, leaf.made)
  if (leaf.made?.secret !== true) return leaf
  return stringNode(tell(Buffer.from(leaf.text)), leaf, leaf.made)
}
