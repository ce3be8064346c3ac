import type { Node } from '../yaml/node.ts'
import { valueOf } from '../yaml/value.ts'
import { nearest } from './nearest.ts'

const LONGEST = 120

/** A value as JSON for a message: cut where it is long, without what stands before `@` in a URL. */
export function shown(node: Node): string {
  return shownValue(valueOf(node))
}

function shownValue(value: unknown): string {
  const text = JSON.stringify(value, plainNumber) ?? 'null'
  const safe = text.replace(/\/\/[^/"@\s]*@/g, '//…@')
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST)}…` : safe
}

/** For JSON.stringify, which knows no bigint. */
export function plainNumber(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}

/** field.NotSupported. */
export function unsupported(value: unknown, values: readonly unknown[]): string {
  const list = values.map(one => JSON.stringify(one)).join(', ')
  return `Unsupported value: ${shownValue(value)}: supported values: ${list}`
}

export function helpFor(value: string, values: readonly unknown[]): string | undefined {
  const near = nearest(
    value,
    values.filter(one => typeof one === 'string'),
  )
  return near === undefined ? undefined : `did you mean ${near}?`
}
