import { createRequire } from 'node:module'
import type * as AjvModule from 'ajv'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { valueOf } from '../yaml/value.ts'
import type { Composed } from './compose.ts'
import { isTrue, nodeAt, scalarAt } from './fields.ts'
import { nearest } from './nearest.ts'

// The bundler drops this line: it then sees the calls and keeps what they load for their first use.
const require = createRequire(import.meta.url)

/** The files of a chart: of a folder of the repository, or of an archive. */
export interface Chart {
  readonly text: (path: string) => string | undefined
}

/** The defaults of a chart as plain data. */
function defaultsOf(chart: Chart): unknown {
  const text = chart.text('values.yaml')
  if (text === undefined) return {}
  const root = parse(new Source('values.yaml', text), 'v2').documents[0]?.root
  return root === undefined ? {} : valueOf(root)
}

/** Values of a release against the `values.schema.json` of its chart, each error on the leaf that causes it. */
export function* judgeValues(
  release: KubeObject,
  { values, unknown }: Composed,
  chart: Chart,
): Iterable<Finding> {
  const skips = ['install', 'upgrade'].every(action =>
    isTrue(nodeAt(release.root, 'spec', action, 'disableSchemaValidation')),
  )
  const text = chart.text('values.schema.json')
  if (text === undefined || skips) return
  const isValid = compile(text)
  if (isValid === undefined || isValid(coalesce(defaultsOf(chart), valueOf(values)))) return
  const seen = new Set<string>()
  for (const error of isValid.errors ?? []) {
    if (unknown.length > 0 && error.keyword === 'required') continue
    const finding = describe(release, values, error)
    const key = `${finding.at.start} ${finding.message}`
    if (seen.has(key) || WRAPPERS.has(error.keyword)) continue
    seen.add(key)
    yield finding
  }
}

/** Keywords whose errors only say that another one failed. */
const WRAPPERS = new Set(['if', 'anyOf', 'oneOf', 'allOf'])

const compiled = new Map<string, ValidateFunction | undefined>()

function compile(text: string): ValidateFunction | undefined {
  if (!compiled.has(text)) compiled.set(text, tryCompile(text))
  return compiled.get(text)
}

function tryCompile(text: string): ValidateFunction | undefined {
  try {
    const schema: unknown = JSON.parse(text)
    if (typeof schema !== 'object' || schema === null) return undefined
    const { Ajv }: typeof AjvModule = require('ajv')
    const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, logger: false })
    // Which draft a schema names does not matter for what charts use; unknown ones would not compile.
    const plain = Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema'))
    return ajv.compile(plain)
  } catch {
    return undefined
  }
}

/** The chart's defaults under the given values, as Helm lays them: maps merge, `null` removes. */
function coalesce(defaults: unknown, given: unknown): unknown {
  if (!isRecord(defaults) || !isRecord(given)) return given ?? defaults
  const out: Record<string, unknown> = { ...defaults }
  for (const [key, value] of Object.entries(given)) {
    if (value === null) delete out[key]
    else out[key] = key in defaults ? coalesce(defaults[key], value) : value
  }
  return out
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(release: KubeObject, values: MapNode, error: ErrorObject): Finding {
  const path = error.instancePath.split('/').slice(1).map(unescape)
  const extra: unknown = error.params['additionalProperty']
  const unknownKey = typeof extra === 'string' ? extra : undefined
  const at = placeOf(values, path, unknownKey) ?? fallback(release)
  const allowed: unknown = error.parentSchema?.['properties']
  const close =
    unknownKey && isRecord(allowed) ? nearest(unknownKey, Object.keys(allowed)) : undefined
  const field = ['spec.values', ...path].join('.')
  const said =
    unknownKey === undefined
      ? (error.message ?? 'is not valid')
      : `additional property '${unknownKey}' not allowed`
  return {
    code: 'chart-values',
    message: `values don't meet the specifications of the chart's schema: ${path.join('.') || '(root)'}: ${said}`,
    at,
    object: formatId(release.id),
    field: unknownKey === undefined ? field : `${field}.${unknownKey}`,
    ...(close === undefined ? {} : { help: `did you mean ${close}?` }),
  }
}

function unescape(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The node that a path leads to; what is missing is reported at the key of its parent. */
function placeOf(
  values: MapNode,
  path: readonly string[],
  key: string | undefined,
): Node | undefined {
  let node: Node = values
  let holder: Node | undefined
  for (const segment of path) {
    const next: Node | undefined =
      node.kind === 'map'
        ? node.get(segment)
        : node.kind === 'list'
          ? node.items[Number(segment)]
          : undefined
    if (next === undefined) return holder
    holder = node.kind === 'map' ? node.key(segment) : next
    node = next
  }
  if (key !== undefined && node.kind === 'map') return node.key(key) ?? holder
  return node.kind === 'scalar' ? node : holder
}

function fallback(release: KubeObject): Node {
  const spec = nodeAt(release.root, 'spec')
  const key = spec?.kind === 'map' ? (spec.key('values') ?? spec.key('chart')) : undefined
  return key ?? scalarAt(release.root, 'metadata', 'name') ?? release.root
}
