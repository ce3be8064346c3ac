import { Refusal } from '../kube/refusal.ts'
import type { Span } from '../text/source.ts'
import { joinPath, type Tree } from '../tree/tree.ts'
import { isRemoteBase, isRemoteFile } from './remote.ts'
import type { Store } from './store.ts'

/** A path that leads out to the network: known, never followed. */
export class Remote extends Refusal {}

/**
 * The directory of one kustomization, and whose base it is (api/internal/loader FileLoader). All paths
 * are relative to the tree.
 */
export class Loader {
  readonly root: string
  readonly store: Store
  readonly #referrer: Loader | undefined
  readonly #rootOnly: boolean

  constructor(store: Store, root: string, rootOnly: boolean, referrer?: Loader) {
    this.store = store
    this.root = root
    this.#rootOnly = rootOnly
    this.#referrer = referrer
  }

  /** The path of an existing file behind all links. Throws `Refusal` in kustomize's words. */
  locate(path: string, at?: Span): string {
    if (isRemoteFile(path)) throw new Remote(`Get "${path}": no network here`, at)
    const full = this.#join(path)
    const found = full === undefined ? undefined : this.store.locate(full)
    if (found === undefined) throw new Refusal(this.#missing(full ?? path), at)
    if (found.kind !== 'file')
      throw new Refusal(`'${this.#shown(full)}' must resolve to a file`, at)
    if (this.#rootOnly && !isWithin(this.root, found.path))
      throw new Refusal(
        `security; file '${this.#shown(full)}' is not in or below '${this.shown}'`,
        at,
      )
    return found.path
  }

  /** A loader for a base. Refuses what is no directory, and a circle. */
  enter(path: string, at?: Span): Loader {
    if (path === '') throw new Refusal('new root cannot be empty', at)
    if (isRemoteBase(path)) throw new Remote(`failed to run 'git fetch' for '${path}'`, at)
    if (path.startsWith('/')) throw new Refusal(`new root '${path}' cannot be absolute`, at)
    const full = this.#join(path)
    const found = full === undefined ? undefined : this.store.locate(full)
    const problem = 'must build at directory: not a valid directory'
    if (found === undefined) throw new Refusal(`${problem}: ${this.#missing(full ?? path)}`, at)
    if (found.kind !== 'directory')
      throw new Refusal(
        `must build at directory: '${this.#shown(full)}': file is not directory`,
        at,
      )
    for (const visited of this.chain())
      if (isWithin(found.path, visited))
        throw new Refusal(
          `cycle detected: candidate root '${this.#shown(found.path)}' contains visited root '${this.#shown(visited)}'`,
          at,
        )
    return new Loader(this.store, found.path, this.#rootOnly, this)
  }

  /** The root as errors name it. */
  get shown(): string {
    return this.#shown(this.root)
  }

  #shown(path = ''): string {
    return shownPath(this.store.tree, path)
  }

  #missing(path: string): string {
    return missing(this.#shown(path))
  }

  /** The roots that led here, this one first. */
  chain(): readonly string[] {
    return [this.root, ...(this.#referrer?.chain() ?? [])]
  }

  #join(path: string): string | undefined {
    if (!path.startsWith('/')) return joinPath(this.root, path)
    const top = this.store.tree.name.replace(/\/$/, '')
    if (!this.store.tree.name.startsWith('/') || !path.startsWith(`${top}/`)) return undefined
    return joinPath(path.slice(top.length))
  }
}

/** Whether a path is a folder or lies in it. */
export function isWithin(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

/** How an error names a path: whole where the tree is the whole disk, as kustomize does. */
export function shownPath(tree: Tree, path: string): string {
  return tree.name === '/' && !path.startsWith('/') ? `/${path}` : path
}

/** kustomize's words for a path that does not exist. */
export function missing(path: string): string {
  return `evalsymlink failure on '${path}' : lstat ${path}: no such file or directory`
}
