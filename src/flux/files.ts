import { Source, type Span } from '../text/source.ts'
import type { Tree } from '../tree/tree.ts'
import { readFile } from '../yaml/file.ts'
import type { Node, Parsed, YamlProblem } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'

/** The YAML files of a tree, each read and parsed once, as kustomize reads resources. */
export class Files {
  readonly #tree: Tree
  readonly #known = new Map<string, Source | undefined>()

  constructor(tree: Tree) {
    this.#tree = tree
  }

  /** Undefined where there is no file or no text in it. */
  text(path: string): string | undefined {
    return this.#source(path)?.text
  }

  #source(path: string): Source | undefined {
    if (!this.#known.has(path)) this.#known.set(path, this.#read(path))
    return this.#known.get(path)
  }

  #read(path: string): Source | undefined {
    if (this.#tree.entry(path)?.kind !== 'file') return undefined
    const { source, problem } = readFile(this.#tree, path)
    return problem === undefined ? source : undefined
  }

  /** The root of a kustomization file, as Flux's own reading of it takes it. */
  lax(path: string): { readonly root: Node | undefined; readonly ignored: Span | undefined } {
    const source = this.#source(path)
    if (source === undefined) return { root: undefined, ignored: undefined }
    const { documents, ignored } = parse(source, 'v2')
    return { root: documents[0]?.root, ignored }
  }

  /** What stops the reading of a file before its first document ends. */
  problem(path: string): YamlProblem | undefined {
    const parsed = parse(this.#sourceOr(path), 'v2')
    return parsed.documents.length === 0 ? parsed.problem : undefined
  }

  /** The first place of a file. */
  start(path: string): Span {
    return this.#sourceOr(path).span(0)
  }

  #sourceOr(path: string): Source {
    return this.#source(path) ?? new Source(path, '')
  }

  parsed(path: string): Parsed | undefined {
    const source = this.#source(path)
    return source && parse(source, 'v3')
  }
}
