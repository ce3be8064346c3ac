import type { Finding } from '../text/diagnostic.ts'
import type { MapNode, Node, Scalar } from '../yaml/node.ts'

/**
 * Keys that stand twice in a map. kubectl's reader lets the last one win without a word; strict
 * decoding, and the reader that Flux puts before it, refuse them.
 */
export function twice(root: Node): Finding[] {
  return hasTwice(root) ? find(root, '') : []
}

/** Nearly always no: asked without building a path. */
function hasTwice(node: Node): boolean {
  if (node.kind === 'scalar') return false
  if (node.kind === 'list') return node.items.some(hasTwice)
  return repeats(node) || node.values.some(hasTwice)
}

const FEW = 12

function repeats({ keys }: MapNode): boolean {
  if (keys.length > FEW) {
    const seen = new Set<string>()
    for (const { text } of keys) seen.add(text)
    return seen.size < keys.length
  }
  for (let i = 1; i < keys.length; i++) {
    const text = keys[i]?.text
    for (let j = 0; j < i; j++) if (keys[j]?.text === text) return true
  }
  return false
}

function find(node: Node, path: string): Finding[] {
  if (node.kind === 'scalar') return []
  if (node.kind === 'list') return node.items.flatMap((item, i) => find(item, `${path}[${i}]`))
  const seen = new Set<string>()
  return node.keys.flatMap((key, i) => {
    const value = node.values[i]
    const field = path === '' ? key.text : `${path}.${key.text}`
    const inner = value === undefined ? [] : find(value, field)
    if (seen.has(key.text)) return [double(key, field), ...inner]
    seen.add(key.text)
    return inner
  })
}

function double(key: Scalar, field: string): Finding {
  const message = `key ${JSON.stringify(key.text)} already set in map`
  return { code: 'unparsable-yaml', message, at: key, field }
}
