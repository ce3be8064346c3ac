import { analyze } from '../yaml/analyze.ts'
import type { Node, Scalar, Style } from '../yaml/node.ts'
import { newOutput, type Output } from '../yaml/output.ts'
import { resolvePlain } from '../yaml/resolve.ts'
import { writeDouble, writeFolded, writeLiteral, writePlain, writeSingle } from '../yaml/write.ts'

/**
 * Prints a document as kyaml's RNode.String does after an edit: order and styles stay, two blanks a
 * level, lists not indented under their key.
 */
export function printDocument(node: Node): string {
  return block(node, 0).join('\n')
}

function block(node: Node, indent: number): string[] {
  const pad = ' '.repeat(indent)
  if (node.kind === 'scalar') return scalarLines(node, indent, inBlock)
  if (node.flow || isEmpty(node)) return [flowText(node)]
  if (node.kind === 'list')
    return node.items.flatMap(item => {
      const [first = '', ...rest] = block(item, indent + 2)
      return [`${pad}- ${first.trimStart()}`, ...rest]
    })
  return node.keys.flatMap((key, at) => {
    const value = node.values[at]
    if (value === undefined) return []
    const name = `${pad}${inline(key, { inFlow: false, isKey: true })}:`
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
  if (node.kind === 'scalar') return inline(node, { inFlow: true, isKey: false })
  if (node.kind === 'list') return `[${node.items.map(flowText).join(', ')}]`
  return `{${node.keys.map((key, at) => flowEntry(key, node.values[at])).join(', ')}}`
}

function flowEntry(key: Scalar, value: Node | undefined): string {
  return `${inline(key, { inFlow: true, isKey: true })}: ${value ? flowText(value) : ''}`
}

interface Place {
  readonly inFlow: boolean
  readonly isKey: boolean
}

const inBlock: Place = { inFlow: false, isKey: false }

function inline(node: Scalar, place: Place): string {
  return scalarLines(node, 0, place).join('\n')
}

const prefix = 'tag:yaml.org,2002:'

/** A scalar as go-yaml v3 writes a node: its tag where its text would be read as another type. */
function scalarLines(node: Scalar, indent: number, place: Place): string[] {
  const { text, tag } = node
  const isText = tag === `${prefix}str`
  const plain = resolvePlain(text, 'v3')?.type ?? 'string'
  const shown = tag === undefined || isText || tag === prefix + plain ? '' : `${shortTag(tag)} `
  const mustQuote = isText && plain !== 'string' && node.style === 'plain'
  const asked = node.style !== 'plain' ? node.style : text.includes('\n') ? 'literal' : 'plain'
  const style = mustQuote && asked === 'plain' ? 'double' : asked
  const out = newOutput(Number.POSITIVE_INFINITY)
  out.indent = indent
  write(out, text, fitting(text, style, place))
  // A block ends its last line; what comes next begins one all the same.
  const written = out.text.endsWith('\n') ? out.text.slice(0, -1) : out.text
  return `${shown}${written}`.split('\n')
}

function shortTag(tag: string): string {
  return tag.startsWith(prefix) ? `!!${tag.slice(prefix.length)}` : tag
}

/** The style asked for where the text allows it, otherwise the next that does (libyaml's emitter). */
function fitting(text: string, asked: Style, { inFlow, isKey }: Place): Style {
  const allowed = analyze(text, 'v3')
  let style = isKey && allowed.multiline ? 'double' : asked
  const isPlain = inFlow ? allowed.plainInFlow : allowed.plainInBlock
  if (style === 'plain' && (!isPlain || (text === '' && (inFlow || isKey)))) style = 'single'
  if (style === 'single' && !allowed.single) style = 'double'
  const isBlock = style === 'literal' || style === 'folded'
  return isBlock && (!allowed.block || inFlow || isKey) ? 'double' : style
}

function write(out: Output, text: string, style: Style): void {
  if (style === 'plain') writePlain(out, text, false)
  else if (style === 'single') writeSingle(out, text, false)
  else if (style === 'double') writeDouble(out, text, false)
  else if (style === 'literal') writeLiteral(out, text)
  else writeFolded(out, text)
}
