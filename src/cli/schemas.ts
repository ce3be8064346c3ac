import { type Bundle, readBundle } from '../schema/bundle.ts'
import { createSchemas, type Schemas } from '../schema/schemas.ts'
import { isShipped, minorOf, minors } from '../schema/version.ts'
import type { Config } from '../tree/config.ts'
import type { Tree } from '../tree/tree.ts'
import type { Shell } from './command.ts'
import { UsageError } from './usage.ts'

/** Where `schemas sync` and `schemas add` write, and where every command looks. */
export const BUNDLE_PATH = '.github/fluxgate-schemas.json'

/**
 * The schemas of the chosen Kubernetes version and of Flux, from the package's `schemas/`, then the
 * bundles of the repository: `.github/fluxgate-schemas.json` and those that the configuration names.
 */
export function loadSchemas(config: Config, shell: Shell, tree?: Tree): Schemas {
  const { version, schemas } = config.kubernetes
  const minor = minorOf(version)
  const own = tree === undefined ? [] : readOwn(tree, schemas)
  const cluster = own.find(one => one.complete && minorOf(one.version) === minor)
  if (minor === undefined || (!isShipped(minor) && cluster === undefined))
    throw new UsageError(
      `no schemas for Kubernetes ${JSON.stringify(version)}: ${minors.join(', ')} are there; \`fluxgate schemas sync\` reads those of your cluster`,
    )
  if (cluster !== undefined) return createSchemas([cluster, ...own.filter(one => !one.complete)])
  return schemasFor(minor, shell, own.map(onlyCustom))
}

/** The schemas of one shipped minor with those of Flux, and further bundles over them (`createSchemas`). */
export function schemasFor(
  minor: string,
  shell: Shell,
  further: readonly Bundle[] = [],
  keeps = true,
): Schemas {
  const texts = [`schemas/kubernetes-${minor}.json`, 'schemas/flux-2.9.json']
  return createSchemas([...texts.map(path => readBundle(shell.asset(path))), ...further], keeps)
}

/** Of a cluster of another minor only the custom resources count. */
function onlyCustom(bundle: Bundle): Bundle {
  if (!bundle.complete) return bundle
  return { ...bundle, complete: false, kinds: bundle.kinds.filter(kind => kind.custom) }
}

function readOwn(tree: Tree, named: readonly string[]): Bundle[] {
  const missing = named.find(path => tree.entry(path)?.kind !== 'file')
  if (missing !== undefined) throw new UsageError(`kubernetes.schemas: ${missing}: no such file`)
  const paths = new Set([BUNDLE_PATH, ...named])
  return [...paths]
    .filter(path => tree.entry(path)?.kind === 'file')
    .map(path => readAt(tree, path))
}

function readAt(tree: Tree, path: string): Bundle {
  try {
    return readBundle(Buffer.from(tree.read(path)).toString('utf8'))
  } catch {
    throw new UsageError(`${path}: not a schema bundle; \`fluxgate schemas\` writes them`)
  }
}
