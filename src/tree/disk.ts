import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs'
import { isProblem, listWorkFiles, openRepository, type Repository } from './git.ts'
import { addParents, treeOf } from './memory.ts'
import { type Entry, type EntryKind, parentPath, type Tree } from './tree.ts'

/** What belongs to the tree, relative to its folder; everything else is absent. Bytes where a name is no UTF-8. */
export type Only = ReadonlyMap<string, Buffer>

/**
 * A folder as it stands on disk, read only where asked: it may be `/`. Links stay links, sockets and
 * devices are `special`, `.git` of any depth is left out. With `only` (paths → raw names) nothing else exists.
 */
export function diskTree(folder: string, options: { readonly only?: Only } = {}): Tree {
  const disk = new Disk(folder)
  const tree = options.only ? trackedTree(disk, options.only) : lazyTree(disk)
  listings.set(tree, () => ({ folder, entries: tree.entries(), names: disk.names() }))
  return tree
}

/**
 * The files of a folder as the gate judges them: tracked and untracked-not-ignored ones inside a git
 * work tree, otherwise all. A nested repository is a `submodule`.
 */
export function workTree(folder: string, opened?: Repository): Tree {
  const repository = opened ?? openRepository(folder)
  const only = isProblem(repository) ? repository : listWorkFiles(repository, folder)
  return isProblem(only) ? diskTree(folder) : diskTree(folder, { only })
}

/** A folder with all that belongs to it, as plain data: another thread opens the same tree from it. */
export interface Listing {
  readonly folder: string
  readonly entries: readonly Entry[]
  /** Raw names where they are no UTF-8. */
  readonly names: readonly (readonly [string, Uint8Array])[]
}

const listings = new WeakMap<Tree, () => Listing>()

/** The listing of a tree that stands on disk. */
export function listingOf(tree: Tree): Listing | undefined {
  return listings.get(tree)?.()
}

/** The tree of a listing, without another look at what there is. */
export function listedTree({ folder, entries, names }: Listing): Tree {
  const disk = new Disk(folder)
  for (const [path, raw] of names) disk.remember(path, Buffer.from(raw))
  const byPath = new Map(entries.map(entry => [entry.path, entry]))
  for (const { path } of entries) addParents(byPath, path)
  return treeOf(folder, byPath, path => disk.read(path))
}

/** One folder of the file system; remembers names that are no UTF-8, so that they can be opened. */
class Disk {
  readonly folder: string
  readonly #prefix: string
  readonly #raw = new Map<string, Buffer>()
  readonly #links = new Map<string, boolean>()

  constructor(folder: string) {
    this.folder = folder
    this.#prefix = folder.endsWith('/') ? folder : `${folder}/`
  }

  remember(path: string, raw: Buffer): void {
    if (path.includes('\ufffd')) this.#raw.set(path, raw)
  }

  names(): [string, Buffer][] {
    return [...this.#raw]
  }

  locate(path: string): string | Buffer {
    const raw = this.#raw.get(path)
    return raw ? Buffer.concat([Buffer.from(this.#prefix), raw]) : this.#prefix + path
  }

  entry(path: string): Entry | undefined {
    if (path.split('/').includes('.git')) return undefined
    try {
      const stats = lstatSync(this.locate(path), { throwIfNoEntry: false })
      return stats && this.#describe(path, stats)
    } catch {
      // A name too long, a folder that may not be searched, a file in place of a folder.
      return undefined
    }
  }

  #describe(path: string, stats: Stats): Entry {
    const kind = kindOf(stats)
    if (kind === 'link')
      return { path, kind, size: 0, target: readlinkSync(this.locate(path), 'utf8') }
    return { path, kind, size: kind === 'file' ? stats.size : 0 }
  }

  isLink(path: string): boolean {
    const known = this.#links.get(path)
    if (known !== undefined) return known
    const is = this.entry(path)?.kind === 'link'
    this.#links.set(path, is)
    return is
  }

  list(path: string): Entry[] {
    let names: Buffer[]
    try {
      names = readdirSync(this.locate(path), { encoding: 'buffer' })
    } catch {
      return []
    }
    const folder = path === '' ? '' : `${path}/`
    const entries: Entry[] = []
    for (const name of names) {
      const child = folder + name.toString()
      this.remember(child, Buffer.concat([Buffer.from(folder), name]))
      const entry = this.entry(child)
      if (entry) entries.push(entry)
    }
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  read(path: string): Uint8Array {
    return readFileSync(this.locate(path))
  }
}

function kindOf(stats: Stats): EntryKind {
  if (stats.isSymbolicLink()) return 'link'
  if (stats.isDirectory()) return 'directory'
  return stats.isFile() ? 'file' : 'special'
}

function lazyTree(disk: Disk): Tree {
  let entries: readonly Entry[] | undefined
  // Once the whole is listed, what is not in it is not there.
  let all: ReadonlyMap<string, Entry> | undefined
  const lists = new Map<string, readonly Entry[]>()
  const list = (path: string): readonly Entry[] => {
    const known = lists.get(path)
    if (known) return known
    const made = disk.entry(path)?.kind === 'directory' ? disk.list(path) : []
    lists.set(path, made)
    return made
  }
  return {
    name: disk.folder,
    isFileSystem: disk.folder === '/',
    list,
    entry: path => (all === undefined ? disk.entry(path) : all.get(path)),
    entries: () => {
      entries ??= walk(list)
      all ??= new Map([disk.entry('') ?? [], ...lists.values()].flat().map(one => [one.path, one]))
      return entries
    },
    read: path => disk.read(path),
  }
}

function walk(list: (path: string) => readonly Entry[]): Entry[] {
  const found: Entry[] = []
  const open = ['']
  for (let path = open.pop(); path !== undefined; path = open.pop())
    for (const entry of list(path))
      if (entry.kind === 'directory') open.push(entry.path)
      else found.push(entry)
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function trackedTree(disk: Disk, only: Only): Tree {
  const byPath = new Map<string, Entry>([['', { path: '', kind: 'directory', size: 0 }]])
  const folders = new Set<string>()
  for (const path of only.keys())
    for (let at = parentPath(path); at !== '' && !folders.has(at); at = parentPath(at))
      folders.add(at)
  for (const [path, raw] of only) {
    disk.remember(path, raw)
    const entry = isBehindLink(disk, path) ? undefined : disk.entry(path)
    // Tracked but deleted here: head does not have it.
    if (entry === undefined || (entry.kind === 'directory' && folders.has(path))) continue
    byPath.set(path, entry.kind === 'directory' ? { ...entry, kind: 'submodule' } : entry)
    addParents(byPath, path)
  }
  return treeOf(disk.folder, byPath, path => disk.read(path))
}

/** Git never looks through a link: a tracked path whose folder became a link is deleted. */
function isBehindLink(disk: Disk, path: string): boolean {
  const folder = parentPath(path)
  if (folder === '') return false
  return disk.isLink(folder) || isBehindLink(disk, folder)
}
