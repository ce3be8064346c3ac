import type { KubeObject } from '../kube/object.ts'
import { baseName, parentPath } from '../tree/tree.ts'
import { isWithin } from './artifact.ts'
import { textAt } from './fields.ts'
import { folderObject, instanceObjects } from './instance.ts'
import { isKustomization, isSource, sourceRefOf } from './kinds.ts'
import { cleanPath, folderAround } from './paths.ts'
import { isInstance, type Written } from './scan.ts'

/** Where a cluster starts. */
export interface Entry {
  /** A folder of the repository; clusters go by this name. */
  readonly name: string
  /** What Flux is started with. */
  readonly kustomizations: readonly KubeObject[]
  /** Further objects that somebody applies together with them. */
  readonly others: readonly KubeObject[]
  /** What configures Flux itself and starts all this: a FluxInstance. */
  readonly starters?: readonly KubeObject[]
  /** Whether the objects are made up: by a FluxInstance, or for a folder of the configuration. */
  readonly synthetic: boolean
  /** Whether what starts Flux lives outside: its sources need not be in the repository. */
  readonly open: boolean
}

/** The entries that name themselves: `gotk-sync.yaml` as `flux bootstrap` writes it, a FluxInstance. */
export function bootstraps(written: readonly Written[]): Entry[] {
  const entries: Entry[] = []
  for (const [path, group] of Map.groupBy(written, one => one.path)) {
    for (const object of group.map(one => one.object).filter(isInstance)) {
      const made = instanceObjects(object)
      if (made)
        entries.push({
          name: cleanPath(made.path) || parentPath(path),
          kustomizations: [made.kustomization],
          others: [made.source],
          starters: [object],
          synthetic: true,
          open: false,
        })
    }
    if (baseName(path) === 'gotk-sync.yaml') entries.push(...startsIn(path, group, () => true))
  }
  return entries.sort(byName)
}

/** Kustomizations that apply the file they stand in: somebody has applied them by hand once. */
export function selfStarters(written: readonly Written[]): Entry[] {
  const entries = [...Map.groupBy(written, one => one.path)].flatMap(([path, group]) => [
    ...startsIn(path, group, object => folderAround(path, folderOf(object)) !== undefined),
  ])
  return entries.sort(byName)
}

function* startsIn(
  path: string,
  group: readonly Written[],
  isStart: (object: KubeObject) => boolean,
): IterableIterator<Entry> {
  const objects = group.map(one => one.object)
  const others = objects.filter(isSource)
  for (const root of objects.filter(one => isKustomization(one) && isStart(one))) {
    const ref = sourceRefOf(root)
    yield {
      name: folderAround(path, folderOf(root)) || folderOf(root) || parentPath(path),
      kustomizations: [root],
      others,
      synthetic: false,
      open: others.every(({ id }) => id.kind !== ref.kind || id.name !== ref.name),
    }
  }
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : 1
}

function folderOf({ root }: KubeObject): string {
  return cleanPath(textAt(root, 'spec', 'path'))
}

/** What is left when the known entries are rendered: one open entry for each group of folders. */
export function looseEntries(left: readonly Written[]): Entry[] {
  const roots = left.filter(one => isKustomization(one.object) && !isCovered(one, left))
  const starts = roots.length > 0 ? roots : left.filter(one => isKustomization(one.object))
  const folders = topFolders(starts.map(one => parentPath(one.path)))
  return folders.map(folder => ({
    name: folder,
    kustomizations: starts.filter(one => isWithin(one.path, folder)).map(one => one.object),
    others: left
      .filter(one => isSource(one.object) && isWithin(one.path, folder))
      .map(one => one.object),
    synthetic: false,
    open: true,
  }))
}

/** Whether another Kustomization's folder holds the file, so that it comes with it. */
function isCovered(one: Written, all: readonly Written[]): boolean {
  return all.some(other => {
    if (other === one || !isKustomization(other.object)) return false
    const folder = folderAround(one.path, folderOf(other.object))
    return folder !== undefined && !isWithin(other.path, folder)
  })
}

function topFolders(folders: readonly string[]): string[] {
  const all = [...new Set(folders)].sort()
  return all.filter(
    folder => !all.some(top => top !== folder && top !== '' && isWithin(folder, top)),
  )
}

/** The entries that the configuration names: a folder that something outside applies, or a file with Kustomizations. */
export function configuredEntries(places: readonly string[], written: readonly Written[]): Entry[] {
  return places.map(place => {
    const name = cleanPath(place)
    const started = [...bootstraps(written), ...selfStarters(written)].find(
      entry => entry.name === name,
    )
    if (started) return started
    const file = written.filter(one => one.path === name).map(one => one.object)
    return file.length > 0
      ? {
          name,
          kustomizations: file.filter(isKustomization),
          others: file.filter(isSource),
          synthetic: false,
          open: true,
        }
      : { name, kustomizations: [folderObject(name)], others: [], synthetic: true, open: true }
  })
}
