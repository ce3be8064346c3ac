import { createRequire } from 'node:module'
import type * as AjvModule from 'ajv'
import type { ErrorObject, ValidateFunction } from 'ajv'
import type * as FormatsModule from 'ajv-formats'
import { isRecord } from '../../schema/bundle.ts'
import type { MapNode, Node } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'

// The bundler drops this line: only schemas that users bring need a JSON Schema validator.
const require = createRequire(import.meta.url)

export type Validator = (root: MapNode) => readonly Diagnostic[]

/** Compiles a JSON Schema as kubeconform's are written (draft 4 and later); undefined where it is none. */
export function compileSchema(text: string): Validator | undefined {
  try {
    const schema: unknown = JSON.parse(text)
    if (!isRecord(schema)) return undefined
    const { Ajv }: typeof AjvModule = require('ajv')
    const ajv = new Ajv({ allErrors: true, strict: false, logger: false, validateFormats: true })
    const formats: typeof FormatsModule = require('ajv-formats')
    formats.default.default(ajv, ['date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid'])
    const validate = ajv.compile(modern(schema))
    return root => judge(root, validate)
  } catch {
    return undefined
  }
}

/** Draft 4's boolean bounds and `id` as later drafts write them. */
function modern(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$schema' || (key === 'id' && typeof value === 'string')) continue
    if (key === 'exclusiveMinimum' || key === 'exclusiveMaximum') {
      const bound = key === 'exclusiveMinimum' ? 'minimum' : 'maximum'
      if (typeof value === 'number') out[key] = value
      else if (value === true) out[key] = schema[bound]
      continue
    }
    out[key] = modernValue(value)
  }
  return out
}

function modernValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(modernValue)
  return isRecord(value) ? modern(value) : value
}

function judge(root: MapNode, validate: ValidateFunction): Diagnostic[] {
  if (validate(plain(valueOf(root)))) return []
  return (validate.errors ?? []).map(error => diagnosticOf(error, root))
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
}

function diagnosticOf(error: ErrorObject, root: MapNode): Diagnostic {
  const steps = error.instancePath.split('/').slice(1).map(unescape)
  const extra: unknown = error.params['additionalProperty']
  const detail =
    typeof extra === 'string' ? `additional properties '${extra}' not allowed` : error.message
  const message = `at '${error.instancePath}': ${detail ?? 'invalid'}`
  const field = steps
    .map(step => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1)
  const code =
    error.keyword === 'type'
      ? 'wrong-type'
      : error.keyword === 'required'
        ? 'missing-field'
        : typeof extra === 'string'
          ? 'unknown-field'
          : 'invalid-value'
  return { code, level: 'error', message, at: nodeAt(root, steps), field }
}

function unescape(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

function nodeAt(root: Node, steps: readonly string[]): Node {
  let node = root
  for (const step of steps) {
    const next =
      node.kind === 'map'
        ? node.get(step)
        : node.kind === 'list'
          ? node.items[Number(step)]
          : undefined
    if (next === undefined) return node
    node = next
  }
  return node
}
