import { type Library, type Space, spaceType } from './library.ts'

type List = readonly unknown[]

/** CEL's equality on plain values: numbers meet across types, lists and maps by content. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b)
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => isEqual(one, b[i]))
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null)
    return JSON.stringify(a, numberText) === JSON.stringify(b, numberText)
  return a === b
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function numberText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}

function isLess(a: unknown, b: unknown): boolean {
  if (isNumber(a) && isNumber(b)) return a < b
  if (typeof a === 'string' && typeof b === 'string') return a < b
  if (typeof a === 'boolean' && typeof b === 'boolean') return !a && b
  return false
}

function least(list: List, better: (a: unknown, b: unknown) => boolean): unknown {
  if (list.length === 0) throw new Error('min or max called on empty list')
  return list.reduce((best, one) => (better(one, best) ? one : best))
}

function sum(list: List): unknown {
  return list.reduce(
    (total: unknown, one) => {
      if (typeof total === 'bigint' && typeof one === 'bigint') return total + one
      return Number(total) + Number(one)
    },
    list.some(one => typeof one === 'number') ? 0 : 0n,
  )
}

const has = (list: List, one: unknown): boolean => list.some(other => isEqual(one, other))
const SETS = spaceType('sets')
const MATH = spaceType('math')
const lowest = (...list: List): unknown => least(list, isLess)
const highest = (...list: List): unknown => least(list, (a, b) => isLess(b, a))

function flatten(list: List, depth = 1n): List {
  return depth <= 0n
    ? list
    : list.flatMap(one => (Array.isArray(one) ? flatten(one, depth - 1n) : [one]))
}

/** The lists, sets and math libraries (apiserver pkg/cel/library/lists.go, cel-go ext). */
export const listLibrary: Library = {
  spaces: ['sets', 'math'],
  functions: [
    [
      'list.isSorted(): bool',
      (list: List) => list.every((one, i) => i === 0 || !isLess(one, list[i - 1])),
    ],
    ['list.sum(): dyn', sum],
    ['list.min(): dyn', (list: List) => least(list, isLess)],
    ['list.max(): dyn', (list: List) => least(list, (a, b) => isLess(b, a))],
    [
      'list.indexOf(dyn): int',
      (list: List, one: unknown) => BigInt(list.findIndex(other => isEqual(one, other))),
    ],
    [
      'list.lastIndexOf(dyn): int',
      (list: List, one: unknown) => BigInt(list.findLastIndex(other => isEqual(one, other))),
    ],
    [
      'list.slice(int, int): list',
      (list: List, from: bigint, to: bigint) => list.slice(Number(from), Number(to)),
    ],
    ['list.flatten(): list', (list: List) => flatten(list)],
    ['list.flatten(int): list', flatten],
    ['list.distinct(): list', (list: List) => list.filter((one, i) => !has(list.slice(0, i), one))],
    ['list.reverse(): list', (list: List) => [...list].reverse()],
    ['list.sort(): list', (list: List) => [...list].sort((a, b) => (isLess(a, b) ? -1 : 1))],
    [
      `${SETS}.contains(list, list): bool`,
      (_: Space, a: List, b: List) => b.every(one => has(a, one)),
    ],
    [
      `${SETS}.equivalent(list, list): bool`,
      (_: Space, a: List, b: List) => b.every(one => has(a, one)) && a.every(one => has(b, one)),
    ],
    [
      `${SETS}.intersects(list, list): bool`,
      (_: Space, a: List, b: List) => a.some(one => has(b, one)),
    ],
    [
      `${MATH}.greatest(dyn): dyn`,
      (_: Space, one: unknown) => (Array.isArray(one) ? highest(...one) : one),
    ],
    [
      `${MATH}.least(dyn): dyn`,
      (_: Space, one: unknown) => (Array.isArray(one) ? lowest(...one) : one),
    ],
    [`${MATH}.greatest(dyn, dyn): dyn`, (_: Space, ...list: unknown[]) => highest(...list)],
    [`${MATH}.least(dyn, dyn): dyn`, (_: Space, ...list: unknown[]) => lowest(...list)],
    [`${MATH}.greatest(dyn, dyn, dyn): dyn`, (_: Space, ...list: unknown[]) => highest(...list)],
    [`${MATH}.least(dyn, dyn, dyn): dyn`, (_: Space, ...list: unknown[]) => lowest(...list)],
    [`${MATH}.abs(dyn): dyn`, (_: Space, one: bigint | number) => (one < 0 ? -one : one)],
    [`${MATH}.ceil(double): double`, (_: Space, one: number) => Math.ceil(one)],
    [`${MATH}.floor(double): double`, (_: Space, one: number) => Math.floor(one)],
    [`${MATH}.round(double): double`, (_: Space, one: number) => Math.round(one)],
  ],
}
