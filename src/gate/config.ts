import type { ErrorObject } from 'ajv'
import { type Config, CONFIG_PATH, defaultConfig } from '../tree/config.ts'
import { Source } from '../text/source.ts'
import type { Tree } from '../tree/tree.ts'
import { decode } from '../yaml/decode.ts'
import { parse } from '../yaml/parse.ts'
import { valueOf } from '../yaml/value.ts'
import { compileConfig } from './configschema.ts'

export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly present: boolean }
  | { readonly ok: false; readonly reason: string }

/** The configuration of a tree; `schema` is the text of `schemas/config.schema.json`. An absent file gives the defaults. */
export function readConfig(tree: Tree, schema: () => string, path = CONFIG_PATH): ConfigResult {
  if (tree.entry(path)?.kind !== 'file') return { ok: true, config: defaultConfig, present: false }
  const text = decode(tree.read(path))
  if (typeof text !== 'string') return { ok: false, reason: `${path}: ${text.message}` }
  const { documents, problem } = parse(new Source(path, text), 'v2')
  if (problem !== undefined) return { ok: false, reason: `${path}: ${problem.message}` }
  const root = documents[0]?.root
  const value: unknown = root === undefined ? {} : valueOf(root)
  const isPartial = compileConfig<Given>(schema())
  if (!isPartial(value)) return { ok: false, reason: explain(path, isPartial.errors ?? []) }
  return { ok: true, config: fill(value), present: true }
}

/** What the file holds once the schema has accepted it. */
interface Given extends Partial<Omit<Config, 'kubernetes' | 'flux'>> {
  readonly kubernetes?: Partial<Config['kubernetes']>
  readonly flux?: Partial<Config['flux']>
}

function fill(given: Given): Config {
  return {
    ...defaultConfig,
    ...given,
    kubernetes: { ...defaultConfig.kubernetes, ...given.kubernetes },
    flux: given.flux?.version ? { version: given.flux.version } : defaultConfig.flux,
  }
}

function explain(path: string, errors: readonly ErrorObject[]): string {
  const said = errors.map(error => {
    const at =
      error.instancePath === '' ? '' : `${error.instancePath.slice(1).replaceAll('/', '.')}: `
    const unknown: unknown = error.params['additionalProperty']
    const allowed: unknown = error.params['allowedValues']
    if (typeof unknown === 'string') return `${at}unknown key ${JSON.stringify(unknown)}`
    return `${at}${error.message ?? 'invalid'}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`
  })
  return `${path}: ${said.join('; ')}`
}
