import { Source, type Span } from '../text/source.ts'
import type { Tree } from '../tree/tree.ts'
import { decode } from '../yaml/decode.ts'
import type { Node, Parsed } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'

/** The YAML files of a tree, each read and parsed once, as kustomize reads resources. */
export class Files {
  readonly #tree: Tree
  readonly #texts = new Map<string, string | undefined>()
  readonly #parsed = new Map<string, Parsed | undefined>()

  constructor(tree: Tree) {
    this.#tree = tree
  }

  /** Undefined where there is no file or no text in it. */
  text(path: string): string | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, this.#read(path))
    return this.#texts.get(path)
  }

  #read(path: string): string | undefined {
    if (this.#tree.entry(path)?.kind !== 'file') return undefined
    const text = decode(this.#tree.read(path))
    return typeof text === 'string' ? text : undefined
  }

  /** The root of a kustomization file, as Flux's own reading of it takes it. */
  lax(path: string): { readonly root: Node | undefined; readonly ignored: Span | undefined } {
    const text = this.text(path)
    if (text === undefined) return { root: undefined, ignored: undefined }
    const { documents, ignored } = parse(new Source(path, text), 'v2')
    return { root: documents[0]?.root, ignored }
  }

  parsed(path: string): Parsed | undefined {
    if (!this.#parsed.has(path)) {
      const text = this.text(path)
      this.#parsed.set(path, text === undefined ? undefined : parse(new Source(path, text), 'v3'))
    }
    return this.#parsed.get(path)
  }
}
