import type { Finding } from '../text/diagnostic.ts'
import type { Node } from '../yaml/node.ts'

/**
 * Keys that stand twice in a map. kubectl's reader lets the last one win without a word; strict
 * decoding, and the reader that Flux puts before it, refuse them.
 */
export function twice(node: Node, path = ''): Finding[] {
  if (node.kind === 'scalar') return []
  if (node.kind === 'list') return node.items.flatMap((item, i) => twice(item, `${path}[${i}]`))
  const seen = new Set<string>()
  return node.keys.flatMap((key, i) => {
    const value = node.values[i]
    const field = path === '' ? key.text : `${path}.${key.text}`
    const inner = value === undefined ? [] : twice(value, field)
    if (!seen.has(key.text)) {
      seen.add(key.text)
      return inner
    }
    const message = `key ${JSON.stringify(key.text)} already set in map`
    return [{ code: 'unparsable-yaml', message, at: key, field }, ...inner]
  })
}
