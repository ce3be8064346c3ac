import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { readCases } from '../apiserver/cases.ts'
import { type Bundle, isRecord, type Raw, readBundle } from '../../src/schema/bundle.ts'
import { createSchemas } from '../../src/schema/schemas.ts'
import { nodeOf } from '../../src/yaml/make.ts'
import { idOf } from '../../src/kube/object.ts'
import type { Json } from '../../src/yaml/value.ts'

/** The custom resources of Flux: their schemas mean the same to a JSON Schema validator, null aside. */
const bundle = readBundle(readFileSync('schemas/flux-2.9.json', 'utf8'))
const kubernetes = readBundle(readFileSync('schemas/kubernetes-1.36.json', 'utf8'))
const schemas = createSchemas([kubernetes, bundle])

function close(raw: Raw): Raw {
  const out: Record<string, unknown> = { ...raw }
  for (const [key, value] of Object.entries(raw)) {
    if (key === 'properties' && isRecord(value))
      out[key] = Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, isRecord(one) ? close(one) : {}]),
      )
    else if ((key === 'items' || key === 'additionalProperties') && isRecord(value))
      out[key] = close(value)
  }
  if ('$ref' in out) return {}
  const isOpen = out['x-kubernetes-preserve-unknown-fields'] === true
  if ('properties' in out && !isOpen) out['additionalProperties'] = false
  return out
}

function validators(from: Bundle): Map<string, (value: unknown) => boolean> {
  const ajv = new Ajv({
    strict: false,
    logger: false,
    validateFormats: false,
    useDefaults: true,
  })
  return new Map(
    from.kinds.map(({ kind, type }) => [kind, ajv.compile(close(from.types[type] ?? {}))]),
  )
}

const seeds = readCases()
  .filter(one => one.op === 'seed' && bundle.kinds.some(kind => kind.kind === one.kind))
  .map(one => one.object)

type Path = readonly (string | number)[]

function paths(value: unknown, at: Path = []): Path[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, i) => paths(item, [...at, i]))
    : isRecord(value)
      ? Object.entries(value).flatMap(([key, item]) => paths(item, [...at, key]))
      : []
  return at[0] === 'spec' && at.length > 1 ? [at, ...inner] : inner
}

/** A copy with one place changed: another value, another name, or gone. */
function mutate(value: unknown, path: Path, change: Change): unknown {
  const [step, ...rest] = path
  if (Array.isArray(value))
    return value.flatMap((item, i) =>
      i !== step ? [item] : rest.length > 0 ? [mutate(item, rest, change)] : changed(item, change),
    )
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (key !== step) return [[key, item]]
      if (rest.length > 0) return [[key, mutate(item, rest, change)]]
      const name = change.kind === 'rename' ? `${key}x` : key
      return changed(item, change).map(one => [name, one])
    }),
  )
}

interface Change {
  readonly kind: 'set' | 'rename' | 'drop'
  readonly to: unknown
}

function changed(item: unknown, { kind, to }: Change): unknown[] {
  return kind === 'drop' ? [] : kind === 'set' ? [to] : [item]
}

const change = fc.record({
  kind: fc.constantFrom('set' as const, 'set' as const, 'rename' as const, 'drop' as const),
  to: fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom<unknown>(
      {},
      [],
      '',
      '5m',
      '1h30m',
      0,
      -1,
      ['a'],
      { a: 'b' },
      'https://example.com',
      'aws',
      1.5,
    ),
  ),
})

describe('the walker', () => {
  it('agrees with ajv on mutated custom resources', () => {
    const ajv = validators(bundle)
    let judged = 0
    const differences: string[] = []
    fc.assert(
      fc.property(fc.nat(), fc.nat(), change, (a, b, how) => {
        const seed = seeds[a % seeds.length]
        const places = paths(seed)
        const place = places[b % places.length]
        if (place === undefined || !isRecord(seed)) return
        const value = JSON.parse(JSON.stringify(mutate(seed, place, how))) as Json
        const root = nodeOf(value)
        if (root.kind !== 'map') return
        const id = idOf(root)
        const found = schemas.check(root, id.group, id.version, id.kind)
        const mine = found.every(
          one =>
            one.code === 'cel-rule' ||
            one.code === 'duplicate-item' ||
            one.field?.startsWith('metadata'),
        )
        judged++
        if (mine !== ajv.get(id.kind)?.(value))
          differences.push(
            `${id.kind} ${place.join('.')} ${JSON.stringify(how)} ${found.map(one => one.message).join('; ')}`,
          )
      }),
      { numRuns: 3000, seed: 7 },
    )
    expect(judged).toBeGreaterThan(2500)
    expect(differences).toEqual([])
  })
})
