export type EntryKind = 'file' | 'directory' | 'link' | 'submodule' | 'special'

/** One name in a tree. Paths are relative to the tree's root, `/`-separated, `''` is the root. */
export interface Entry {
  readonly path: string
  readonly kind: EntryKind
  /** Bytes; 0 for what is not a file. */
  readonly size: number
  /** Where a link points, as written. */
  readonly target?: string
  /** Git's blob id where the tree knows it without hashing. */
  readonly blob?: string
}

/**
 * A read-only view of a repository: working copy, git commit, memory. Look-ups are lazy, so a tree
 * can stand on `/` without being listed. Links are not followed: `resolvePath` does that.
 */
export interface Tree {
  /** How people name it: a folder or `REV`. */
  readonly name: string
  /** True where the root is that of the file system: absolute link targets then lie inside. */
  readonly isFileSystem?: boolean
  /** Everything that belongs to the tree except folders, sorted by path. */
  entries(): readonly Entry[]
  /** The entry at exactly this path, folders included. */
  entry(path: string): Entry | undefined
  /** The entries directly in a folder, sorted by name; empty where there is no such folder. */
  list(path: string): readonly Entry[]
  /** The bytes of the file at exactly this path. Throws where there is none: ask `entry` first. */
  read(path: string): Uint8Array
}

export function joinPath(...parts: readonly string[]): string | undefined {
  const segments: string[] = []
  for (const segment of parts.join('/').split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return undefined
  }
  return segments.join('/')
}

export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** `path` as seen from the folder `from`; both relative to the root. */
export function relativePath(from: string, path: string): string {
  const a = from === '' ? [] : from.split('/')
  const b = path === '' ? [] : path.split('/')
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same++
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/') || '.'
}

export type Resolution =
  | { readonly ok: true; readonly entry: Entry; readonly links: readonly string[] }
  | { readonly ok: false; readonly reason: 'absent' | 'escape' | 'loop'; readonly at: string }

const MAX_LINKS = 40

/** Follows every link on the way to `path`, as the operating system would, without leaving the root. */
export function resolvePath(tree: Tree, path: string): Resolution {
  const links: string[] = []
  let rest = path.split('/')
  let done: string[] = []
  while (rest.length > 0) {
    const segment = rest.shift() ?? ''
    if (segment === '' || segment === '.') continue
    if (segment === '..') {
      if (done.pop() === undefined) return { ok: false, reason: 'escape', at: path }
      continue
    }
    const here = [...done, segment].join('/')
    const entry = tree.entry(here)
    if (entry === undefined) return { ok: false, reason: 'absent', at: here }
    if (entry.kind !== 'link') {
      if (entry.kind !== 'directory' && rest.some(s => s !== '' && s !== '.'))
        return { ok: false, reason: 'absent', at: here }
      done.push(segment)
      continue
    }
    links.push(here)
    if (links.length > MAX_LINKS) return { ok: false, reason: 'loop', at: here }
    const target = entry.target ?? ''
    if (target.startsWith('/')) {
      if (tree.isFileSystem !== true) return { ok: false, reason: 'escape', at: here }
      done = []
    }
    rest = [...target.split('/'), ...rest]
  }
  const entry = tree.entry(done.join('/'))
  return entry ? { ok: true, entry, links } : { ok: false, reason: 'absent', at: path }
}
