import type { Node, Scalar } from '../yaml/node.ts'

/**
 * Prints a document as kyaml's RNode.String does after an edit: order and styles stay, two blanks a
 * level, lists not indented under their key.
 */
export function printDocument(node: Node): string {
  return block(node, 0).join('\n')
}

function block(node: Node, indent: number): string[] {
  const pad = ' '.repeat(indent)
  if (node.kind === 'scalar') return scalarLines(node, indent)
  if (node.flow || isEmpty(node)) return [flowText(node)]
  if (node.kind === 'list')
    return node.items.flatMap(item => {
      const [first = '', ...rest] = block(item, indent + 2)
      return [`${pad}- ${first.trimStart()}`, ...rest]
    })
  return node.keys.flatMap((key, at) => {
    const value = node.values[at]
    if (value === undefined) return []
    const name = `${pad}${inline(key)}:`
    if (value.kind === 'scalar' || value.flow || isEmpty(value)) {
      const [first = '', ...rest] = block(value, indent + 2)
      return [first === '' ? name : `${name} ${first}`, ...rest]
    }
    return [name, ...block(value, value.kind === 'list' ? indent : indent + 2)]
  })
}

function isEmpty(node: Node): boolean {
  return (
    (node.kind === 'map' && node.size === 0) || (node.kind === 'list' && node.items.length === 0)
  )
}

function flowText(node: Node): string {
  if (node.kind === 'scalar') return inline(node)
  if (node.kind === 'list') return `[${node.items.map(flowText).join(', ')}]`
  return `{${node.keys.map((key, at) => flowEntry(key, node.values[at])).join(', ')}}`
}

function flowEntry(key: Scalar, value: Node | undefined): string {
  return `${inline(key)}: ${value ? flowText(value) : ''}`
}

function scalarLines(node: Scalar, indent: number): string[] {
  if (node.style !== 'literal' && !(node.style === 'plain' && node.text.includes('\n')))
    return [inline(node)]
  const kept = node.text.replace(/\n+$/, '')
  const tail = node.text.length - kept.length
  const chomp = tail === 0 ? '-' : tail === 1 ? '' : '+'
  const hint = /^[ \n]/.test(kept) ? '2' : ''
  const lines = kept.split('\n').map(line => (line === '' ? '' : ' '.repeat(indent) + line))
  return [`|${hint}${chomp}`, ...lines, ...Array.from({ length: Math.max(0, tail - 1) }, () => '')]
}

const quotable = /^[\s\-?:,[\]{}#&*!|>'"%@`]|: |:$| #|\s$|^$|[\u0000-\u001f\u007f]/

function inline(node: Scalar): string {
  const { text, style, tag } = node
  if (style === 'single') return `'${text.replaceAll("'", "''")}'`
  if (style === 'double' || style === 'folded' || style === 'literal') return JSON.stringify(text)
  const mustQuote =
    tag?.endsWith(':str') === true &&
    /^(?:[-+.\d]|true|false|null|~|yes|no|on|off|y$|n$)/i.test(text)
  if (mustQuote) return JSON.stringify(text)
  if (tag !== undefined || !quotable.test(text)) return text
  return text === '' ? '' : `'${text.replaceAll("'", "''")}'`
}
