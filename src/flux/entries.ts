import type { KubeObject } from '../kube/object.ts'
import { baseName, parentPath } from '../tree/tree.ts'
import { isWithin } from './artifact.ts'
import { textAt } from './fields.ts'
import { folderObject, instanceObjects } from './instance.ts'
import { isKustomization, isSource } from './kinds.ts'
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
  /** Whether the objects are made up: by a FluxInstance, or for a folder of the configuration. */
  readonly synthetic: boolean
  /** Whether what starts Flux lives outside: its sources need not be in the repository. */
  readonly open: boolean
}

/** The entries that name themselves: `gotk-sync.yaml`, a FluxInstance, a Kustomization that applies its own file. */
export function bootstraps(written: readonly Written[]): Entry[] {
  const byFile = Map.groupBy(written, one => one.path)
  const entries: Entry[] = []
  for (const [path, group] of byFile) {
    const objects = group.map(one => one.object)
    for (const object of objects.filter(isInstance)) {
      const made = instanceObjects(object)
      if (made)
        entries.push({
          name: cleanPath(made.path) || parentPath(path),
          kustomizations: [made.kustomization],
          others: [made.source],
          synthetic: true,
          open: false,
        })
    }
    const roots = objects.filter(object => isKustomization(object) && startsItself(object, path))
    const others = objects.filter(isSource)
    for (const root of roots)
      entries.push({
        name: folderAround(path, folderOf(root)) || folderOf(root) || parentPath(path),
        kustomizations: [root],
        others,
        synthetic: false,
        open: false,
      })
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function startsItself(object: KubeObject, path: string): boolean {
  if (baseName(path) === 'gotk-sync.yaml') return true
  return folderAround(path, folderOf(object)) !== undefined
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
    const started = bootstraps(written).find(entry => entry.name === name)
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
