import type { Node } from '../yaml/node.ts'
import { demandKind, textOf } from '../kube/cell.ts'
import { Refusal } from '../kube/refusal.ts'

/**
 * Splits a path at dots; `\.` is a dot inside a name, so is one inside brackets: `[a=b.c]` is an
 * element, `[a.b]` a name (kyaml utils.SmarterPathSplitter).
 */
export function splitDotted(path: string): string[] {
  const parts = joinEscaped(path.split('.'))
  const names: string[] = []
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? ''
    if (!part.startsWith('[') || part.endsWith(']')) {
      names.push(part)
      continue
    }
    const open = [part]
    while (i < parts.length - 1) {
      const next = parts[++i] ?? ''
      open.push(next)
      if (next.endsWith(']')) break
    }
    const joined = open.join('.')
    names.push(joined.includes('=') ? joined : joined.replace(/^[[\]]+|[[\]]+$/g, ''))
  }
  return names
}

function joinEscaped(parts: string[]): string[] {
  if (parts.length > 1 && parts[0] === '') parts.shift()
  const names: string[] = []
  for (const part of parts) {
    const last = names.at(-1)
    if (last?.endsWith('\\')) names[names.length - 1] = `${last.slice(0, -1)}.${part}`
    else names.push(part)
  }
  return names
}

export function isElement(part: string): boolean {
  return part.startsWith('[') && part.endsWith(']')
}

/** The index that a part names; undefined where it is none or negative. */
export function indexOf(part: string): number | undefined {
  const index = /^[+-]?\d+$/.test(part) ? Number(part) : -1
  return index >= 0 ? index : undefined
}

/** `[name=value]` → name and value. */
export function splitElement(part: string, at: Node): readonly [string, string] {
  const text = part.replace(/\]$/, '').replace(/^\[/, '')
  const equals = text.indexOf('=')
  if (equals === -1)
    throw new Refusal(
      'list path element must contain fieldName=fieldValue for element to match',
      at,
    )
  return [text.slice(0, equals), text.slice(equals + 1)]
}

/**
 * The node at a path of names, indices, `-` (the last) and `[name=value]`; undefined where nothing
 * is there. Throws `Refusal` where the path does not fit the kind of node (kyaml PathGetter).
 */
export function lookUp(root: Node, path: readonly string[]): Node | undefined {
  let node: Node | undefined = root
  for (const written of path) {
    const part = written.trim()
    if (part === '') continue
    node = step(node, part)
    if (node === undefined) return undefined
  }
  return node
}

function step(node: Node, part: string): Node | undefined {
  if (/^[+-]?\d+$/.test(part) || part === '-') {
    const index = part === '-' ? -1 : Number(part)
    if (index < 0 && part !== '-')
      throw new Refusal(`array index ${index} cannot be negative`, node)
    demandKind(node, 'list')
    return node.kind === 'list' ? node.items.at(index) : undefined
  }
  if (part === '*') throw new Refusal('wildcard is not supported in PathGetter', node)
  if (!isElement(part)) {
    demandKind(node, 'map')
    return node.kind === 'map' ? node.get(part) : undefined
  }
  const [name, value] = splitElement(part, node)
  demandKind(node, 'list')
  if (node.kind !== 'list') return undefined
  return node.items.find(item => {
    if (name === '') return textOf(item) === value
    const field = item.kind === 'map' ? item.get(name) : undefined
    return field !== undefined && textOf(field) === value
  })
}
