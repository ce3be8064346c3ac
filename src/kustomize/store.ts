import { Refusal } from '../kube/refusal.ts'
import type { Source } from '../text/source.ts'
import { resolvePath, type Tree } from '../tree/tree.ts'
import { type FileText, readFile } from '../yaml/file.ts'
import { type ReadObjects, type Undecoded, undecoded } from './objects.ts'

/** What a tree holds, read and parsed once for all builds. Paths are those behind all links. */
export class Store {
  readonly tree: Tree
  readonly #bytes = new Map<string, Uint8Array>()
  readonly #texts = new Map<string, FileText>()
  readonly #objects = new Map<string, ReadObjects | Refusal>()

  constructor(tree: Tree) {
    this.tree = tree
  }

  /** Where a path leads once links are followed; undefined where it leads nowhere in the tree. */
  locate(path: string): { readonly path: string; readonly kind: string } | undefined {
    const resolved = resolvePath(this.tree, path)
    return resolved.ok ? resolved.entry : undefined
  }

  bytes(path: string): Uint8Array {
    let bytes = this.#bytes.get(path)
    if (bytes === undefined) this.#bytes.set(path, (bytes = this.tree.read(path)))
    return bytes
  }

  /** The text of a file; bytes that no reader takes are U+FFFD. */
  source(path: string): Source {
    return this.#text(path).source
  }

  /** What go-yaml refuses in the bytes of a file, before it reads a word. */
  undecoded(path: string): Undecoded | undefined {
    const { source, problem } = this.#text(path)
    return problem && undecoded(source, problem)
  }

  #text(path: string): FileText {
    let text = this.#texts.get(path)
    if (text === undefined) this.#texts.set(path, (text = readFile(this.tree, path)))
    return text
  }

  /** The objects of a resource file; a refusal is remembered as well. */
  objects(path: string, read: (source: Source) => ReadObjects): ReadObjects {
    let objects = this.#objects.get(path)
    if (objects === undefined) {
      objects = this.#read(path, read)
      this.#objects.set(path, objects)
    }
    if (objects instanceof Refusal) throw objects
    return objects
  }

  #read(path: string, read: (source: Source) => ReadObjects): ReadObjects | Refusal {
    const bad = this.undecoded(path)
    if (bad) return new Refusal(`MalformedYAMLError: ${bad.message}`, bad.at)
    try {
      return read(this.source(path))
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }
}
