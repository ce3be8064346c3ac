import type { Program } from './environment.ts'

/** Steps after which the server, too, gives up on a rule (PerCallLimit 1,000,000, with room for our coarser count). */
const MOST = 3_000_000

const LOOPS = new Set(['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter'])

/** How deep a rule's loops nest; counted over the evaluator's own tree. */
export function loopDepth(node: unknown): number {
  if (Array.isArray(node))
    return node.reduce((most: number, one) => Math.max(most, loopDepth(one)), 0)
  if (typeof node !== 'object' || node === null || !('op' in node) || !('args' in node)) return 0
  const { op, args } = node
  const inner = loopDepth(args)
  const isLoop = op === 'rcall' && Array.isArray(args) && LOOPS.has(String(args[0]))
  return isLoop ? inner + 1 : inner
}

/** The number of values in a tree of values. */
export function weigh(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + weigh(one), 1)
  if (value instanceof Map) return weigh([...value.values()])
  if (typeof value !== 'object' || value === null || value instanceof Date) return 1
  return weigh(Object.values(value))
}

/** Whether running a rule over a value of this weight could keep us busy. */
export function isTooCostly(program: Program, weight: number): boolean {
  const depth = loopDepth(program.ast)
  return depth > 1 && weight ** depth > MOST
}
