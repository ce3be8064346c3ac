import type { Scalar } from './node.ts'
import { resolvePlain } from './resolve.ts'

const word = /^[A-Za-z][\w./-]{0,127}$/

/** Whether a text is one word that every reader and printer takes for itself, as a key and as a value. */
export function isEasy(text: string): boolean {
  return (
    word.test(text) &&
    resolvePlain(text, 'v2') === undefined &&
    resolvePlain(text, 'v3') === undefined
  )
}

const orders = new WeakMap<readonly Scalar[], readonly number[] | 'hard'>()

/**
 * The places of keys in the order in which they are printed, where all are easy and none occurs twice;
 * undefined otherwise. Changed maps share their keys with the old ones: they are asked once.
 */
export function easyOrder(
  keys: readonly Scalar[],
  compare: (a: string, b: string) => number,
): readonly number[] | undefined {
  let order = orders.get(keys)
  if (order === undefined) orders.set(keys, (order = findOrder(keys, compare)))
  return order === 'hard' ? undefined : order
}

function findOrder(
  keys: readonly Scalar[],
  compare: (a: string, b: string) => number,
): readonly number[] | 'hard' {
  const order: number[] = []
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]
    if (key === undefined || key.tag !== undefined || !isEasy(key.text)) return 'hard'
    order.push(at)
  }
  const textAt = (at: number | undefined): string =>
    at === undefined ? '' : (keys[at]?.text ?? '')
  order.sort((a, b) => compare(textAt(a), textAt(b)))
  for (let at = 1; at < order.length; at++)
    if (textAt(order[at]) === textAt(order[at - 1])) return 'hard'
  return order
}
