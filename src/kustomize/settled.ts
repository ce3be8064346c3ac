import { Refusal } from '../kube/refusal.ts'
import type { Node } from '../yaml/node.ts'
import { settle } from '../yaml/settle.ts'
import { type Json, keyText, type Numbers } from '../yaml/value.ts'

/**
 * What a node means once kyaml printed and read it (RNode.MarshalJSON). Refuses a text that its tag
 * cannot hold.
 */
export function settledValue(node: Node, numbers: Numbers = 'exact', inFlow = false): Json {
  if (node.kind === 'scalar') {
    const { value, problem } = settle(node, inFlow)
    if (problem !== undefined) throw new Refusal(`yaml: ${problem}`, node)
    return numbers === 'float64' && typeof value === 'bigint' ? Number(value) : value
  }
  const within = inFlow || node.flow
  if (node.kind === 'list') return node.items.map(item => settledValue(item, numbers, within))
  const entries = node.keys.map((key, at): [string, Json] => {
    const value = node.values[at]
    return [keyText(key), value ? settledValue(value, numbers, within) : null]
  })
  return Object.fromEntries(entries)
}
