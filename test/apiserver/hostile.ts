import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Bundle,
  isRecord,
  type Raw,
  readList,
  readRecord,
  readText,
} from '../../src/schema/bundle.ts'
import type { Value } from './mutate.ts'

/** Where a value stands: the names and indices that lead to it. */
type Path = readonly (string | number)[]

export interface Hostile {
  readonly op: string
  /** Names only, lists as `*`. */
  readonly at: string
  readonly object: Value
}

const A = (count: number) => 'a'.repeat(count)

/** What people, templates and tools write where a string belongs; `<64>` is a run of so many letters. */
const groups: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'hostile.json'), 'utf8'),
)
const TEXTS = Object.entries(groups).map(
  ([group, list]) =>
    [
      group,
      list.map(text => text.replace(/<(\d+)>/g, (_, count: string) => A(Number(count)))),
    ] as const,
)

const NUMBERS: readonly number[] = [
  -2147483649, -2147483648, -101, -100, -99, -2, -1, 0, 1, 2, 3, 5, 10, 20, 21, 24, 25, 30, 31, 50,
  60, 99, 100, 101, 199, 200, 255, 256, 300, 399, 404, 493, 500, 511, 512, 599, 600, 777, 999, 1000,
  1001, 2000, 3600, 10000, 10001, 30000, 32767, 32768, 65534, 65535, 65536, 86400, 100000, 100001,
  1000000, 1000000000, 1000000001, 2147483647, 2147483648, 4294967296, 4294967297, 1.5, 1e18,
]
const OTHERS: readonly Value[] = [
  null,
  true,
  1,
  'x',
  [],
  {},
  [null],
  ['x'],
  [{}],
  { x: 'y' },
  { x: null },
  [[]],
]

const KEYS: readonly string[] =
  ',x,X y,-x,example.com/x,a/b/c,kubernetes.io/x,cpu,hugepages-2Mi,..,.x'
    .split(',')
    .concat(A(64), A(254), `${A(254)}/x`)

function copyAt(
  seed: Value,
  path: Path,
  change: (owner: { [key: string]: Value } | Value[], key: string | number) => void,
): Value {
  const copy = structuredClone(seed)
  let at: Value = copy
  for (const step of path.slice(0, -1))
    at = Array.isArray(at)
      ? (at[Number(step)] ?? null)
      : typeof at === 'object' && at !== null
        ? (at[step] ?? null)
        : null
  const last = path.at(-1) ?? ''
  if (typeof at === 'object' && at !== null) change(at, last)
  return copy
}

function setAt(seed: Value, path: Path, value: Value): Value {
  return copyAt(seed, path, (owner, key) => {
    if (Array.isArray(owner)) owner[Number(key)] = structuredClone(value)
    else owner[key] = structuredClone(value)
  })
}

/** Every place of a manifest with every value that somebody might write there. */
export class HostileValues {
  readonly #types: Raw

  constructor(bundle: Bundle) {
    this.#types = bundle.types
  }

  resolve(raw: Raw): Raw {
    const wrapped = readList(raw, 'allOf').find(isRecord)
    const name = readText(raw, '$ref') || (wrapped === undefined ? '' : readText(wrapped, '$ref'))
    return name === '' ? raw : readRecord(this.#types, name)
  }

  *of(seed: Value, typeName: string): Generator<Hostile> {
    yield* this.#walk(seed, seed, [], readRecord(this.#types, typeName))
  }

  *#walk(seed: Value, value: Value, path: Path, raw: Raw): Generator<Hostile> {
    const type = this.resolve(raw)
    const at = path.map(step => (typeof step === 'number' ? '*' : step)).join('.')
    if (path.length > 0 && path[0] !== 'kind' && path[0] !== 'apiVersion')
      yield* this.#values(seed, value, path, at, type)
    if (Array.isArray(value))
      for (const [i, item] of value.entries())
        yield* this.#walk(seed, item, [...path, i], readRecord(type, 'items'))
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const known = readRecord(type, 'properties')[key] ?? type['additionalProperties']
        yield* this.#walk(seed, inner, [...path, key], isRecord(known) ? known : {})
      }
      yield* this.#fresh(seed, value, path, at, type)
    }
  }

  *#values(seed: Value, value: Value, path: Path, at: string, type: Raw): Generator<Hostile> {
    const put = (op: string, one: Value): Hostile => ({ op, at, object: setAt(seed, path, one) })
    for (const one of OTHERS) yield put(`other ${JSON.stringify(one)}`, one)
    const gone = copyAt(seed, path, (owner, key) => {
      if (Array.isArray(owner)) owner.splice(Number(key), 1)
      else delete owner[key]
    })
    yield { op: 'delete', at, object: gone }
    const either = readList(type, 'oneOf').length > 0 || type['x-kubernetes-int-or-string'] === true
    if (typeof value === 'string' || (typeof value === 'number' && either))
      for (const [group, list] of TEXTS)
        for (const one of list)
          yield put(`text ${group} ${one.slice(0, 40)}${one.length > 40 ? one.length : ''}`, one)
    for (const one of readList(type, 'enum'))
      if (typeof one === 'string') yield put(`enum ${one}`, one)
    const isNumber = ['integer', 'number'].includes(readText(type, 'type'))
    if (typeof value === 'number' || isNumber || either)
      for (const one of NUMBERS) yield put(`number ${one}`, one)
    if (typeof value === 'boolean') yield put('flip', !value)
    yield* this.#shapes(seed, value, path, at)
  }

  *#shapes(seed: Value, value: Value, path: Path, at: string): Generator<Hostile> {
    if (Array.isArray(value) && value.length > 0) {
      yield { op: 'twice', at, object: setAt(seed, path, [...value, value[0] ?? null]) }
      yield { op: 'reverse', at, object: setAt(seed, path, [...value].reverse()) }
      yield {
        op: 'many',
        at,
        object: setAt(
          seed,
          path,
          Array.from({ length: 70 }, () => value[0] ?? null),
        ),
      }
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const key of KEYS)
        yield {
          op: `key ${key.slice(0, 20)}`,
          at,
          object: setAt(seed, path, { ...value, [key]: Object.values(value)[0] ?? 'x' }),
        }
    }
  }

  /** Fields that the seed leaves out. */
  *#fresh(
    seed: Value,
    value: { [key: string]: Value },
    path: Path,
    at: string,
    type: Raw,
  ): Generator<Hostile> {
    for (const [key, raw] of Object.entries(readRecord(type, 'properties'))) {
      if (key in value || !isRecord(raw) || ['managedFields', 'apiVersion', 'kind'].includes(key))
        continue
      const here = [...path, key]
      const name = at === '' ? key : `${at}.${key}`
      for (const [i, one] of this.#made(raw).entries())
        yield { op: `fresh ${i}`, at: name, object: setAt(seed, here, one) }
    }
  }

  /** A few values of a type, from nothing to a full object. */
  #made(raw: Raw): Value[] {
    const type = this.resolve(raw)
    const choices = readList(type, 'enum').filter(one => typeof one === 'string')
    if (choices.length > 0) return [...choices, 'Other', '']
    switch (readText(type, 'type')) {
      case 'integer':
      case 'number':
        return [-1, 0, 1, 100, 65536, 4294967297]
      case 'boolean':
        return [true, false]
      case 'array':
        return [
          [],
          ...this.#made(readRecord(type, 'items'))
            .slice(0, 6)
            .map(one => [one]),
        ]
      case 'object':
        return [{}, this.full(type, 0, 0), this.full(type, 0, 1), this.full(type, 0, 2)]
      default:
        return [
          '',
          'x',
          'X_y',
          'a.b/c',
          '10.0.0.1',
          '5m',
          '1Gi',
          ...(readList(type, 'oneOf').length > 0 ? [0, 5] : []),
        ]
    }
  }

  /** An object with its required fields, and with 1 every field of it. */
  full(raw: Raw, depth: number, how: number): Value {
    const type = this.resolve(raw)
    const choices = readList(type, 'enum').filter(one => typeof one === 'string')
    if (choices.length > 0) return choices[how % choices.length] ?? ''
    switch (readText(type, 'type')) {
      case 'integer':
      case 'number':
        return how === 2 ? 0 : 1
      case 'boolean':
        return how !== 2
      case 'array':
        return depth > 4 ? [] : [this.full(readRecord(type, 'items'), depth + 1, how)]
      case 'object': {
        const inner = type['additionalProperties']
        if (isRecord(inner)) return how === 0 ? {} : { a: this.full(inner, depth + 1, how) }
        const required = readList(type, 'required')
        const made: { [key: string]: Value } = {}
        for (const [key, one] of Object.entries(readRecord(type, 'properties')))
          if (isRecord(one) && (required.includes(key) || (how > 0 && depth < 3)))
            made[key] = this.full(one, depth + 1, how)
        return made
      }
      default:
        return how === 2 ? '1' : 'a'
    }
  }
}
