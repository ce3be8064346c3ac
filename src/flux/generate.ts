import type { Finding } from '../text/diagnostic.ts'
import { joinPath, type Tree } from '../tree/tree.ts'
import { ListNode, type MapNode, type Node, stringNode } from '../yaml/node.ts'
import { emptyMap, setField } from './fields.ts'
import type { Files } from './files.ts'

/** In the order in which Flux and kustomize look for them. */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** The kustomization file of a folder, undefined where it has none. */
export function kustomizationFile(tree: Tree, directory: string): string | undefined {
  return KUSTOMIZATION_FILES.map(name => joinPath(directory, name) ?? name).find(
    path => tree.entry(path)?.kind === 'file',
  )
}

/** Why a folder's own kustomization file cannot be read; undefined where it can. */
export function unreadable(
  tree: Tree,
  directory: string,
  path: string,
  files: Files,
): Finding | undefined {
  const { root } = files.lax(path)
  const problem = root === undefined ? files.problem(path) : undefined
  if (problem) return { code: 'unparsable-yaml', message: problem.message, at: problem }
  const isEmptyRoot = root === undefined || isEmpty(root)
  if (!isEmptyRoot && root.kind !== 'map')
    return { code: 'build-failed', message: 'the kustomization file holds no map', at: root }
  const all = KUSTOMIZATION_FILES.map(name => joinPath(directory, name) ?? name)
  const second = all.find(other => other !== path && tree.entry(other)?.kind === 'file')
  if (second === undefined) return undefined
  const message = `Found multiple kustomization files under: ${directory}`
  return { code: 'build-failed', message, at: files.start(second) }
}

export interface Generated {
  readonly file: MapNode
  /** What is swept in and is no manifest: Flux refuses the whole folder for each of them. */
  readonly findings: readonly Finding[]
}

/**
 * The kustomization that Flux makes up for a folder without one (fluxcd/pkg/kustomize 1.35.4): every
 * `.yaml` and `.yml` below it in lexical order, hidden ones too; a folder with a kustomization file is
 * taken whole and not entered.
 */
export function generate(tree: Tree, directory: string, files: Files, at: Node): Generated {
  const findings: Finding[] = []
  const resources = [...manifestsIn(tree, directory)]
  for (const path of resources)
    if (tree.entry(path)?.kind === 'file') findings.push(...notManifests(files, path))
  const base = setField(
    setField(emptyMap(at), 'apiVersion', made('kustomize.config.k8s.io/v1beta1', at)),
    'kind',
    made('Kustomization', at),
  )
  if (resources.length === 0)
    return { file: setField(base, 'namespace', made('_placeholder', at)), findings }
  const skip = directory === '' ? 0 : directory.length + 1
  const items = resources.map(path => made(`./${path.slice(skip)}`, at))
  return { file: setField(base, 'resources', new ListNode(items, at)), findings }
}

function made(text: string, at: Node): Node {
  return stringNode(text, at, { by: 'generation' })
}

function* manifestsIn(tree: Tree, directory: string): Iterable<string> {
  for (const entry of tree.list(directory)) {
    if (entry.kind === 'directory') {
      if (kustomizationFile(tree, entry.path) === undefined) yield* manifestsIn(tree, entry.path)
      else yield entry.path
    } else if (entry.kind === 'file' && /\.ya?ml$/.test(entry.path)) yield entry.path
  }
}

/** The documents of a file that kustomize does not take for objects: no kind, no name. */
function* notManifests(files: Files, path: string): Iterable<Finding> {
  const parsed = files.parsed(path)
  if (parsed === undefined || parsed.problem) return
  for (const { root } of parsed.documents) {
    if (root === undefined || isEmpty(root)) continue
    const lacks = missingIdentity(root)
    if (lacks === undefined) continue
    yield {
      code: 'not-a-manifest',
      message: `Flux applies every YAML file of this folder, and this document has no ${lacks}`,
      at: root.kind === 'map' ? (root.keys[0] ?? root) : root,
      help: 'move the file out of the path, list the manifests in a kustomization.yaml, or keep it out with .sourceignore',
    }
  }
}

function isEmpty(root: Node): boolean {
  if (root.kind === 'map') return root.size === 0
  return root.kind === 'scalar' && root.style === 'plain' && /^(~|null|Null|NULL|)$/.test(root.text)
}

function missingIdentity(root: Node): string | undefined {
  if (root.kind !== 'map') return 'kind'
  const kind = root.get('kind')
  if (kind?.kind !== 'scalar' || kind.text === '') return 'kind'
  if (kind.text.endsWith('List')) return undefined
  const metadata = root.get('metadata')
  const name = metadata?.kind === 'map' ? metadata.get('name') : undefined
  return name?.kind === 'scalar' && name.text !== '' ? undefined : 'metadata.name'
}
