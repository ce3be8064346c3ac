import { createDecipheriv } from 'node:crypto'
import { ListNode, MapNode, type Node, plainNode, type Scalar, stringNode } from '../yaml/node.ts'
import { readCipher } from './cipher.ts'
import { DEFAULT_SELECTOR, isSelected, readSelectors, type Selector } from './selector.ts'

/** A document without its `sops` block and with plain values, or the place that cannot be decrypted. */
export type Decrypted = { readonly root: MapNode } | { readonly failed: Scalar }

/**
 * Decrypts a document as SOPS 3.13 does it for Flux: leaves only, their path is what authenticates them,
 * the MAC is not looked at. Values are made `by: 'sops'` and marked as secret.
 */
export function decryptDocument(root: MapNode, sops: MapNode, key: Uint8Array): Decrypted {
  const selector = readSelectors(sops)[0] ?? DEFAULT_SELECTOR
  try {
    const open = openNode(root.without('sops'), [], { selector, key })
    return { root: open?.kind === 'map' ? open : root }
  } catch (error) {
    if (error instanceof Closed) return { failed: error.at }
    throw error
  }
}

class Closed extends Error {
  readonly at: Scalar

  constructor(at: Scalar) {
    super('cannot be decrypted')
    this.at = at
  }
}

interface Opener {
  readonly selector: Selector
  readonly key: Uint8Array
}

/** Undefined for an encrypted comment among the items of a list. */
function openNode(node: Node, path: readonly string[], opener: Opener): Node | undefined {
  if (node.kind === 'scalar') {
    const wanted = node.text !== '' && isSelected(opener.selector, path)
    return wanted ? openLeaf(node, path, opener.key) : node
  }
  if (node.kind === 'list') {
    const items = node.items.flatMap(item => openNode(item, path, opener) ?? [])
    return new ListNode(items, node, node.flow, node.made)
  }
  const values = node.values.map(
    (value, i) => openNode(value, [...path, node.keys[i]?.text ?? ''], opener) ?? value,
  )
  return new MapNode(node.keys, values, node, node.flow, node.made)
}

function openLeaf(leaf: Scalar, path: readonly string[], key: Uint8Array): Node | undefined {
  if (leaf.style === 'plain' && /^(?:null|~)$/.test(leaf.text)) return leaf
  const cipher = readCipher(leaf.text)
  const plain = typeof cipher === 'string' ? undefined : decryptValue(leaf.text, path, key)
  if (typeof cipher === 'string' || plain === undefined) throw new Closed(leaf)
  const made = { by: 'sops', from: leaf, secret: true }
  const text = plain.toString('utf8')
  if (cipher.type === 'comment') return undefined
  if (cipher.type === 'int') return plainNode(text, leaf, made)
  if (cipher.type === 'float') return plainNode(String(Number(text)), leaf, made)
  if (cipher.type === 'bool') return plainNode(text.toLowerCase(), leaf, made)
  return stringNode(text, leaf, made)
}

/** The bytes of one encrypted value; undefined where key, path or text do not fit. */
export function decryptValue(
  text: string,
  path: readonly string[],
  key: Uint8Array,
): Buffer | undefined {
  return decryptText(text, path.map(part => `${part}:`).join(''), key)
}

/** The same with the words that authenticate it as they stand: the MAC has its time there. */
export function decryptText(text: string, about: string, key: Uint8Array): Buffer | undefined {
  const cipher = readCipher(text)
  if (typeof cipher === 'string') return undefined
  try {
    const open = createDecipheriv('aes-256-gcm', key, cipher.iv, { authTagLength: 16 })
    open.setAuthTag(cipher.tag)
    open.setAAD(Buffer.from(about))
    return Buffer.concat([open.update(cipher.data), open.final()])
  } catch {
    return undefined
  }
}
