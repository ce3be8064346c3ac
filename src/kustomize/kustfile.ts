import { Refusal } from '../kube/refusal.ts'
import type { Finding } from '../text/diagnostic.ts'
import { MapNode } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import type { RootOverride } from './build.ts'
import { decode, type DecodeProblem } from './decode.ts'
import { type KustomizationFile, textAt } from './file.ts'
import { fixKustomization } from './fix.ts'
import type { Loader } from './loader.ts'
import { ignoredDocument } from './objects.ts'
import { kustomization as shape } from './shapes.ts'

/** The names that a kustomization file may have. */
export const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

export interface ReadFile {
  readonly file: KustomizationFile
  readonly findings: readonly Finding[]
  /** Where it was read from, links followed; undefined: it was given. */
  readonly path: string | undefined
}

/**
 * Reads the kustomization file of a directory (api/internal/target KustTarget.Load): strict but for
 * case, doubled keys and further documents. Throws `Refusal` in kustomize's words.
 */
export function readKustomization(loader: Loader, override?: RootOverride): ReadFile {
  const found = override ? undefined : findFile(loader)
  const ignored: Finding[] = []
  const root = override?.file ?? parseRoot(loader, found?.path ?? '', ignored)
  const { root: decoded, problems } = decode(root, shape)
  const fatal = problems.find(
    ({ kind }) => kind === 'type' || (kind === 'unknown' && override?.lax !== true),
  )
  if (fatal) throw new Refusal(`invalid Kustomization: ${fatal.message}`, fatal.at)
  const fixed = fixKustomization(decoded)
  if (fixed.without('apiVersion').without('kind').size === 0)
    throw new Refusal('kustomization.yaml is empty', root)
  const file = {
    source: root.source,
    directory: loader.root,
    name: found?.name ?? FILE_NAMES[0],
    kind: kindOf(fixed, loader),
    root: fixed,
  }
  return { file, findings: [...ignored, ...problems.map(findingOf)], path: found?.path }
}

function findFile(loader: Loader): { readonly name: string; readonly path: string } {
  const found = FILE_NAMES.flatMap(name => {
    try {
      return [{ name, path: loader.locate(name) }]
    } catch (error) {
      if (error instanceof Refusal) return []
      throw error
    }
  })
  const [first] = found
  if (first === undefined)
    throw new Refusal(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${loader.shown}'`,
    )
  if (found.length > 1)
    throw new Refusal(
      `Found multiple kustomization files under: ${loader.shown}`,
      loader.store.source(first.path).span(0),
    )
  return first
}

function parseRoot(loader: Loader, path: string, findings: Finding[]): MapNode {
  const { store } = loader
  const source = store.source(path)
  const bad = store.undecoded(path)
  if (bad) throw new Refusal(`invalid Kustomization: ${bad.message}`, bad.at)
  const { documents, problem, ignored } = parse(source, 'v2')
  if (ignored) findings.push(ignoredDocument(ignored, 'a kustomization file'))
  if (problem) throw new Refusal(`invalid Kustomization: ${problem.message}`, problem)
  const root = documents[0]?.root
  if (root === undefined) return new MapNode([], [], source.span(0))
  if (root.kind === 'map') return root
  const type = root.kind === 'list' ? 'array' : 'string'
  throw new Refusal(
    `invalid Kustomization: json: cannot unmarshal ${type} into Go value of type types.Kustomization`,
    root,
  )
}

function kindOf(root: MapNode, loader: Loader): KustomizationFile['kind'] {
  const kind = textAt(root, 'kind') || 'Kustomization'
  const version = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`
  const apiVersion = textAt(root, 'apiVersion') || version
  const problem =
    kind !== 'Kustomization' && kind !== 'Component'
      ? 'kind should be Kustomization or Component'
      : apiVersion === version
        ? undefined
        : `apiVersion for ${kind} should be ${version}`
  if (problem !== undefined)
    throw new Refusal(
      `Failed to read kustomization file under ${loader.shown}:\n${problem}`,
      root.get('apiVersion') ?? root.get('kind') ?? root,
    )
  return kind === 'Component' ? 'Component' : 'Kustomization'
}

function findingOf({ kind, message, at, field, known }: DecodeProblem): Finding {
  if (kind === 'duplicate')
    return {
      code: 'duplicate-key',
      message: `${message}: kustomize takes the last one and says nothing`,
      at,
      field,
    }
  return {
    code: 'unknown-kustomization-field',
    message: `unknown field "${field}": Flux drops it, kustomize refuses it`,
    at,
    field,
    help: `known here: ${known.join(', ')}`,
  }
}
