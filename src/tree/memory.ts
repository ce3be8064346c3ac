import { type Entry, parentPath, type Tree } from './tree.ts'

/** What a memory tree holds at a path: text, bytes, a link, or another repository. */
export type Content = string | Uint8Array | { readonly link: string } | { readonly submodule: true }

/** A tree made of given files: for tests, pages and generated views. */
export function memoryTree(files: Readonly<Record<string, Content>>, name = 'memory'): Tree {
  const bytes = new Map<string, Uint8Array>()
  const byPath = new Map<string, Entry>([['', { path: '', kind: 'directory', size: 0 }]])
  for (const [path, content] of Object.entries(files)) {
    if (typeof content === 'object' && 'link' in content) {
      byPath.set(path, { path, kind: 'link', size: 0, target: content.link })
    } else if (typeof content === 'object' && 'submodule' in content) {
      byPath.set(path, { path, kind: 'submodule', size: 0 })
    } else {
      const data = typeof content === 'string' ? new TextEncoder().encode(content) : content
      bytes.set(path, data)
      byPath.set(path, { path, kind: 'file', size: data.length })
    }
    addParents(byPath, path)
  }
  return treeOf(name, byPath, path => {
    const data = bytes.get(path)
    if (data === undefined) throw new Error(`no file at ${path}`)
    return data
  })
}

export function addParents(byPath: Map<string, Entry>, path: string): void {
  for (let dir = parentPath(path); !byPath.has(dir); dir = parentPath(dir))
    byPath.set(dir, { path: dir, kind: 'directory', size: 0 })
}

/** A tree over a complete table of entries, folders included. */
export function treeOf(
  name: string,
  byPath: ReadonlyMap<string, Entry>,
  read: (path: string) => Uint8Array,
): Tree {
  const sorted = [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  const entries = sorted.filter(entry => entry.kind !== 'directory')
  let children: Map<string, Entry[]> | undefined
  return {
    name,
    read,
    entries: () => entries,
    entry: path => byPath.get(path),
    list: path => {
      children ??= Map.groupBy(
        sorted.filter(entry => entry.path !== ''),
        entry => parentPath(entry.path),
      )
      return children.get(path) ?? []
    },
  }
}
