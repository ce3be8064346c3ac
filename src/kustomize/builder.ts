import { isNull, textOf } from '../kube/cell.ts'
import { Refusal } from '../kube/refusal.ts'
import type { Id, KubeObject } from '../kube/object.ts'
import { idOf } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import type { Tree } from '../tree/tree.ts'
import type { MapNode } from '../yaml/node.ts'
import { findUnprintable } from '../yaml/print.ts'
import type { Accumulation } from './accumulation.ts'
import type { Build, Builder, BuildOptions, CreateBuilder, RootOverride } from './build.ts'
import { mapAt, scalarsAt } from './file.ts'
import { type BuildMetadata, finish, isLocal } from './finish.ts'
import { addHashes } from './hash.ts'
import { readKustomization } from './kustfile.ts'
import { Loader, missing, shownPath } from './loader.ts'
import { fixReferences } from './nameref.ts'
import { resolveVars } from './refvars.ts'
import { gvkText, idText, setScopes } from './resid.ts'
import type { Resource } from './resource.ts'
import { ResourceMap } from './resourcemap.ts'
import { runFields } from './run.ts'
import { type Caches, Session } from './session.ts'
import { sortResources } from './sort.ts'
import { Store } from './store.ts'
import { Target } from './target.ts'

/** Builds directories of a tree as kustomize 5.8.1 does; never throws for what stands in them. */
export const createBuilder: CreateBuilder = (tree: Tree, options: BuildOptions): Builder => {
  const caches: Caches = { store: new Store(tree), bases: new Map() }
  return { build: (directory, override) => build(caches, options, directory, override) }
}

function build(
  caches: Caches,
  options: BuildOptions,
  directory: string,
  override: RootOverride | undefined,
): Build {
  const session = new Session(caches, override !== undefined)
  try {
    const roots = buildRoots(session, options, directory, override)
    const objects = roots.map(root => ({ id: idOf(root), root }))
    const unprintable = refuseUnprintable(objects)
    return result(session, directory, unprintable ? [] : objects, unprintable)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return result(session, directory, [], error)
  } finally {
    setScopes(undefined)
  }
}

function result(
  session: Session,
  directory: string,
  objects: readonly KubeObject[],
  refusal: Refusal | undefined,
): Build {
  const findings = refusal
    ? [...session.findings, findingOf(session, directory, refusal)]
    : session.findings
  return { directory, objects, error: refusal?.message, findings, files: session.files }
}

function findingOf(session: Session, directory: string, refusal: Refusal): Finding {
  const at = refusal.at ?? new Source(directory, '').span(0)
  return {
    code: 'build-failed',
    message: refusal.message,
    at,
    ...(session.chain.length > 0 ? { related: session.chain } : {}),
  }
}

/** What kustomize can hold but not print; the sentence shows no value, though upstream's does. */
function refuseUnprintable(objects: readonly KubeObject[]): Refusal | undefined {
  for (const { root } of objects) {
    const problem = findUnprintable(root)
    if (problem) return new Refusal(problem.message, problem)
  }
  return undefined
}

function buildRoots(
  session: Session,
  options: BuildOptions,
  directory: string,
  override: RootOverride | undefined,
): readonly MapNode[] {
  const target = rootTarget(session, options, directory, override)
  const { root } = target.file
  const all = target.accumulate()
  finishMap(all)
  for (const { root } of all.map.resources) demandName(root)
  const remaining = dropLocal(all.map.resources)
  const sorted = sortAll(remaining, mapAt(root, 'sortOptions'), options)
  const asked = session.metadata ?? noMetadata
  return sorted.map(resource => finish(resource, asked))
}

/** A patch may have taken kind or name away: that is refused at the end (DropLocalNodes). */
function demandName(root: MapNode): void {
  const kind = writtenAt(root, 'kind')
  if (kind === '') throw new Refusal('missing kind in object', root)
  const metadata = root.get('metadata')
  const name = metadata?.kind === 'map' ? writtenAt(metadata, 'name') : ''
  if (name === '' && !kind.endsWith('List'))
    throw new Refusal('missing metadata.name in object', root)
}

/** A text that counts; null is none. */
function writtenAt(map: MapNode, key: string): string {
  const value = map.get(key)
  return value === undefined || isNull(value) ? '' : textOf(value)
}

/** What is done once, when all levels are built. */
function finishMap(all: Accumulation): void {
  addHashes(all.map)
  fixReferences(all.map, all.specs.nameReference)
  resolveVars(all.map, all.vars, all.specs.varReference)
}

/**
 * Drops what is only for local use, by its id: where another object came to have the same one, it stays
 * (accumulator Intersection).
 */
function dropLocal(resources: readonly Resource[]): readonly Resource[] {
  const kept = resources.filter(resource => !isLocal(resource.root))
  if (kept.length === resources.length) return new ResourceMap(kept).resources
  const ids = new Set(new ResourceMap(kept).resources.map(({ id }) => writtenId(id)))
  const dropped = new Set<string>()
  return resources.filter(({ id, root }) => {
    const written = writtenId(id)
    if (ids.has(written)) return true
    if (dropped.has(written)) throw new Refusal(`id ${idText(id)} not found in removal`, root)
    dropped.add(written)
    return false
  })
}

/** An id as it is written: no namespace is not the one called default. */
function writtenId(id: Id): string {
  return `${gvkText(id)} ${id.namespace}/${id.name}`
}

function sortAll(
  resources: readonly Resource[],
  sortOptions: MapNode | undefined,
  options: BuildOptions,
): readonly Resource[] {
  if (sortOptions === undefined && options.reorder === 'none') return resources
  return sortResources(resources, sortOptions)
}

function rootTarget(
  session: Session,
  options: BuildOptions,
  directory: string,
  override: RootOverride | undefined,
): Target {
  const { store } = session.caches
  const found = store.locate(directory)
  const shown = shownPath(store.tree, directory)
  if (found?.kind !== 'directory')
    throw new Refusal(
      found
        ? `must build at directory: '${shown}': file is not directory`
        : `must build at directory: not a valid directory: ${missing(shown)}`,
    )
  const rootOnly = options.loadRestrictor === 'LoadRestrictionsRootOnly'
  const loader = new Loader(store, found.path, rootOnly)
  const read = readKustomization(loader, override)
  session.roots.add(loader.root)
  if (read.path !== undefined) session.files.add(read.path)
  session.findings.push(...read.findings)
  session.metadata = metadataOf(read.file.root)
  const target = new Target(session, loader, read.file, session.metadata && {}, runFields)
  session.setSchema(read.file.root, path => target.load(path.text, path))
  return target
}

const noMetadata: BuildMetadata = {
  origins: undefined,
  transformations: undefined,
  managedBy: undefined,
}

function metadataOf(root: MapNode): BuildMetadata | undefined {
  const asked = scalarsAt(root, 'buildMetadata')
  if (asked.length === 0) return undefined
  const find = (name: string) => asked.find(scalar => scalar.text === name)
  return {
    origins: find('originAnnotations'),
    transformations: find('transformerAnnotations'),
    managedBy: find('managedByLabel'),
  }
}
