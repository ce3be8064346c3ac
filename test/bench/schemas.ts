import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bundle, isRecord, type Raw, readBundle } from '../../src/schema/bundle.ts'

const BUNDLES = ['schemas/kubernetes-1.36.json', 'schemas/flux-2.9.json']

/** Writes our schemas as the strict JSON Schemas that kubeconform reads: one file a kind, named as its
 * `{{.ResourceKind}}{{.KindSuffix}}` asks for. */
export function exportSchemas(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const path of BUNDLES) {
    const bundle = readBundle(readFileSync(path, 'utf8'))
    for (const { group, version, kind, type } of bundle.kinds) {
      const definitions: Record<string, unknown> = {}
      collect(type, bundle, definitions)
      const schema = { $ref: `#/definitions/${type}`, definitions }
      const name = [kind.toLowerCase(), group.split('.')[0], version].filter(Boolean).join('-')
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(schema))
    }
  }
}

function collect(name: string, bundle: Bundle, definitions: Record<string, unknown>): void {
  const type = bundle.types[name]
  if (type === undefined || name in definitions) return
  definitions[name] = {}
  definitions[name] = convert(type, next => collect(next, bundle, definitions))
}

const DROPPED = /^(x-kubernetes-|nullable$|default$|format$)/

function convert(schema: Raw, refer: (name: string) => void): unknown {
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string')
    return { type: ['integer', 'string', 'null'] }
  const out: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.test(key)) continue
    if (key === '$ref' && typeof value === 'string') {
      refer(value)
      out[key] = `#/definitions/${value}`
    } else if (key === 'properties' && isRecord(value)) {
      out[key] = Object.fromEntries(
        Object.entries(value).map(([name, one]) => [
          name,
          isRecord(one) ? convert(one, refer) : {},
        ]),
      )
    } else if (Array.isArray(value))
      out[key] = value.map(one => (isRecord(one) ? convert(one, refer) : one))
    else out[key] = isRecord(value) && key !== 'enum' ? convert(value, refer) : value
  }
  return close(out, schema)
}

/** Objects take only what they declare; every value may be null, as the server lets it. */
function close(out: Record<string, unknown>, schema: Raw): unknown {
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true
  if ('properties' in out && !isOpen && !('additionalProperties' in out))
    out['additionalProperties'] = false
  if (typeof out['type'] === 'string' && !('enum' in out)) out['type'] = [out['type'], 'null']
  return out
}
