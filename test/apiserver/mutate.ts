import {
  type Bundle,
  isRecord,
  type Raw,
  readList,
  readRecord,
  readText,
} from '../../src/schema/bundle.ts'

/** A JSON value that may be changed in place. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value }

/** Numbers from a seed, so that a disagreement can be had again. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return sides => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

const TEXTS = [
  '',
  'x',
  'X',
  'a-b',
  'a_b',
  'a.b',
  '-a',
  'a/b',
  '/a',
  '/',
  '../a',
  'a..b',
  '1',
  '80',
  '50%',
  '101%',
  '*',
  '*.example.com',
  'example.com',
  'example.com/x',
  '10.0.0.1',
  '010.0.0.1',
  '127.0.0.1',
  '10.0.0.0/8',
  '10.0.0.1/8',
  '::1',
  'fd00::/8',
  'TCP',
  'Always',
  'Never',
  'OnFailure',
  'In',
  'Exists',
  'Equal',
  'None',
  'True',
  'Local',
  'Cluster',
  'a'.repeat(64),
  'a'.repeat(254),
  'https://example.com/x',
  'http://x',
  'metadata.name',
  "metadata.labels['a']",
  'status.podIP',
  'cpu',
  'memory',
  'limits.cpu',
  'hugepages-2Mi',
  'requests.nvidia.com/gpu',
  'nvidia.com/gpu',
  '1Gi',
  '-1',
  '0',
  '100m',
  '1.5',
  'system-x',
  'v1',
  'apps/v1',
  '2026-01-01T00:00:00Z',
  '5m',
  '* * * * *',
  '@daily',
  'CAP_SYS_ADMIN',
  'localhost/x',
  'runtime/default',
]
const NUMBERS = [
  -1, 0, 1, 2, 5, 30, 80, 100, 101, 255, 256, 420, 511, 512, 600, 1000, 3600, 30000, 32768, 65535,
  65536, 86400, 86401, 100001, 1000000001, 2147483647,
]

interface Step {
  readonly owner: Value[] | { [key: string]: Value }
  readonly key: string | number
  /** Schema of the value, where we know it. */
  readonly type: Raw
}

/** Makes mutants of manifests: what people get wrong, and fields that they did not think of. */
export class Mutator {
  readonly #bundle: Bundle
  readonly #roll: (sides: number) => number

  constructor(bundle: Bundle, seed: number) {
    this.#bundle = bundle
    this.#roll = dice(seed)
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[this.#roll(list.length)]
  }

  /** Follows a reference, alone or wrapped. */
  #resolve(raw: Raw): Raw {
    const wrapped = readList(raw, 'allOf').find(isRecord)
    const name = readText(raw, '$ref') || (wrapped === undefined ? '' : readText(wrapped, '$ref'))
    return name === '' ? raw : readRecord(this.#bundle.types, name)
  }

  #stepsOf(value: Value, raw: Raw, found: Step[]): Step[] {
    const type = this.#resolve(raw)
    if (Array.isArray(value))
      for (const [i, item] of value.entries()) {
        const inner = readRecord(type, 'items')
        found.push({ owner: value, key: i, type: inner })
        this.#stepsOf(item, inner, found)
      }
    else if (typeof value === 'object' && value !== null)
      for (const [key, inside] of Object.entries(value)) {
        const known = readRecord(type, 'properties')[key] ?? type['additionalProperties']
        const inner = isRecord(known) ? known : {}
        found.push({ owner: value, key, type: inner })
        this.#stepsOf(inside, inner, found)
      }
    return found
  }

  /** A value that a schema's type admits, or nearly. */
  #make(raw: Raw, depth: number): Value {
    const type = this.#resolve(raw)
    const choices = readList(type, 'enum').filter(one => typeof one === 'string')
    if (choices.length > 0 && this.#roll(8) > 0) return this.#pick(choices) ?? ''
    switch (readText(type, 'type')) {
      case 'integer':
      case 'number':
        return this.#pick(NUMBERS) ?? 0
      case 'boolean':
        return this.#roll(2) === 0
      case 'array':
        return Array.from({ length: this.#roll(3) }, () =>
          this.#make(readRecord(type, 'items'), depth + 1),
        )
      case 'object':
        return this.#makeObject(type, depth)
      default:
        return readList(type, 'oneOf').length > 0 && this.#roll(2) === 0
          ? (this.#pick(NUMBERS) ?? 0)
          : (this.#pick(TEXTS) ?? '')
    }
  }

  #makeObject(type: Raw, depth: number): Value {
    const made: { [key: string]: Value } = {}
    const inner = type['additionalProperties']
    if (isRecord(inner)) made[this.#pick(TEXTS) || 'k'] = this.#make(inner, depth + 1)
    const properties = readRecord(type, 'properties')
    const required = readList(type, 'required')
    for (const [key, raw] of Object.entries(properties)) {
      const wanted = required.includes(key) ? this.#roll(12) > 0 : this.#roll(4 + depth * 3) === 0
      if (wanted && depth < 5 && isRecord(raw)) made[key] = this.#make(raw, depth + 1)
    }
    return made
  }

  /** A changed copy, and where it was changed. */
  mutate(seed: Value, typeName: string): { readonly mutant: Value; readonly at: string } {
    const mutant = structuredClone(seed)
    const type = readRecord(this.#bundle.types, typeName)
    const steps = this.#stepsOf(mutant, type, []).filter(
      one => one.key !== 'kind' && one.key !== 'apiVersion',
    )
    const step = this.#pick(steps)
    if (step === undefined) return { mutant, at: 'nowhere' }
    const how = this.#roll(10)
    const at = `${how} ${String(step.key)}`
    if (how < 4) this.#add(step, how === 3)
    else if (how === 4) remove(step)
    else if (how === 5) set(step, this.#emptyOf(step))
    else if (how === 6) this.#copy(step, steps)
    else set(step, this.#make(step.type, 1))
    return { mutant, at }
  }

  /** A new optional field beside the place, from the schema; `inside` looks into the value instead. */
  #add(step: Step, inside: boolean): void {
    const value = get(step)
    const type = this.#resolve(step.type)
    const target = inside && Array.isArray(value) ? this.#pick(value) : value
    const shape = inside && Array.isArray(value) ? this.#resolve(readRecord(type, 'items')) : type
    if (typeof target !== 'object' || target === null || Array.isArray(target))
      return set(step, this.#make(step.type, 1))
    const fresh = Object.entries(readRecord(shape, 'properties')).filter(
      ([key]) => !(key in target),
    )
    const [key, raw] = this.#pick(fresh) ?? ['', undefined]
    if (isRecord(raw)) target[key] = this.#make(raw, 1)
    else set(step, this.#make(step.type, 1))
  }

  #emptyOf(step: Step): Value {
    const value = get(step)
    if (Array.isArray(value)) return []
    if (typeof value === 'object' && value !== null) return {}
    return typeof value === 'string' ? '' : typeof value === 'number' ? 0 : null
  }

  #copy(step: Step, steps: readonly Step[]): void {
    const value = get(step)
    if (Array.isArray(step.owner) && this.#roll(2) === 0) step.owner.push(structuredClone(value))
    else {
      const same = steps.filter(one => typeof get(one) === typeof value)
      const other = this.#pick(same)
      if (other !== undefined) set(step, structuredClone(get(other)))
    }
  }
}

function get(step: Step): Value {
  const { owner, key } = step
  return (Array.isArray(owner) ? owner[Number(key)] : owner[key]) ?? null
}

function set(step: Step, value: Value): void {
  const { owner, key } = step
  if (Array.isArray(owner)) owner[Number(key)] = value
  else owner[key] = value
}

function remove(step: Step): void {
  const { owner, key } = step
  if (Array.isArray(owner)) owner.splice(Number(key), 1)
  else delete owner[key]
}
