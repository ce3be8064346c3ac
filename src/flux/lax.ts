import { decode } from '../kustomize/decode.ts'
import { kustomization } from '../kustomize/shapes.ts'
import type { Finding } from '../text/diagnostic.ts'
import { ListNode, MapNode, type Node, type Scalar, stringNode } from '../yaml/node.ts'
import { typeOf, valueOf } from '../yaml/value.ts'

export interface LaxFile {
  readonly file: MapNode
  readonly findings: readonly Finding[]
}

/**
 * A kustomization file as Flux reads the one of `spec.path`: where text is wanted, a number or boolean is
 * printed as Go prints it (sigs.k8s.io/yaml 1.6 into a struct). `kustomize build` refuses the same file.
 */
export function readLax(root: MapNode): LaxFile {
  const texts = new Map<unknown, string>()
  for (const { kind, message, at } of decode(root, kustomization).problems)
    if (kind === 'type' && message.endsWith(' of type string')) texts.set(at, '')
  if (texts.size === 0) return { file: root, findings: [] }
  const findings: Finding[] = []
  const file = convert(root, texts, findings)
  return file.kind === 'map' ? { file, findings } : { file: root, findings: [] }
}

function convert(node: Node, wanted: ReadonlyMap<unknown, string>, findings: Finding[]): Node {
  if (node.kind === 'list')
    return new ListNode(
      node.items.map(item => convert(item, wanted, findings)),
      node,
      node.flow,
      node.made,
    )
  if (node.kind === 'map')
    return new MapNode(
      node.keys,
      node.values.map(value => convert(value, wanted, findings)),
      node,
      node.flow,
      node.made,
    )
  if (!wanted.has(node)) return node
  const text = goText(node)
  findings.push({
    code: 'number-as-text',
    message: `kustomize wants text here and refuses the file; Flux makes the text ${JSON.stringify(text)} of it`,
    at: node,
    level: text === node.text ? 'warning' : 'error',
    help: `write it in quotes: "${node.text}"`,
  })
  return stringNode(text, node, { by: 'text', from: node })
}

function goText(node: Scalar): string {
  const value = valueOf(node)
  if (typeof value === 'number' && typeOf(node) === 'float') return goFloat(value)
  return String(typeof value === 'object' ? node.text : value)
}

/** As Go's `strconv.FormatFloat(value, 'g', -1, 64)`. */
function goFloat(value: number): string {
  const [digits = '', power = '0'] = value.toExponential().split('e')
  const exponent = Number(power)
  if (exponent >= -4 && exponent < 21 && (exponent < 6 || digits.length - 2 > exponent))
    return String(value)
  const sign = exponent < 0 ? '-' : '+'
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
}
