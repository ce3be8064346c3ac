import type { Node, Scalar } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value.ts'

const LONGEST = 256

/** Parts whose values may be secret: they are left out whole. */
const PRIVATE = /"(?:env|data|stringData|containers|spec|template)":/

/** A value as the server prints it in a complaint: JSON, long ones cut. */
export function show(value: unknown): string {
  const plain = isNode(value) ? valueOf(value) : value
  if (typeof plain === 'bigint') return String(plain)
  const text = JSON.stringify(plain, (_, one: unknown) =>
    typeof one === 'bigint' ? Number(one) : one,
  )
  if (text === undefined) return 'null'
  if (PRIVATE.test(text)) return '{…}'
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'source' in value
}

/** The text that a reader hands on: what is tagged as binary is decoded by then. */
export function textOf(node: Scalar): string {
  if (node.tag !== 'tag:yaml.org,2002:binary') return node.text
  const value = valueOf(node)
  return typeof value === 'string' ? value : node.text
}
