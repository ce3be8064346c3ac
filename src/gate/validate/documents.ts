import { Source } from '../../text/source.ts'
import type { MapNode, Node, YamlProblem } from '../../yaml/node.ts'
import { decode } from '../../yaml/decode.ts'
import { jsonProblem } from '../../yaml/jsonable.ts'
import { parsePart } from '../../yaml/parse.ts'

/** A manifest file as bytes, under the name that reports use. */
export interface ManifestFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** One document of a file; `root` and `problem` are both undefined where it holds nothing. */
export interface ManifestDocument {
  readonly path: string
  /** Position in the file, from 0, empty documents counted. */
  readonly index: number
  readonly source: Source
  readonly start: number
  /** The line of `start`, from 1. */
  readonly line: number
  readonly root: Node | undefined
  readonly problem: YamlProblem | undefined
}

/**
 * The documents of a file as kubectl and kubeconform split it: at line breaks followed by `---`, the
 * rest of that line dropped; each part is read alone with the server's own reader (go-yaml v2), when it is
 * asked for.
 */
export class DocumentReader {
  readonly parts: readonly Part[]
  readonly #source: Source
  readonly #problem: YamlProblem | undefined
  readonly #lines: LineCounter

  constructor(source: Source, problem?: YamlProblem) {
    const { text } = source
    this.#source = source
    this.#problem = problem
    this.#lines = new LineCounter(text)
    this.parts = problem === undefined ? parts(text) : [{ from: 0, to: text.length }]
  }

  static open({ path, bytes }: ManifestFile): DocumentReader {
    const text = decode(bytes)
    if (typeof text === 'string') return new DocumentReader(new Source(path, text))
    const source = new Source(path, text.text)
    return new DocumentReader(source, { ...source.span(text.offset), message: text.message })
  }

  read(index: number): ManifestDocument {
    const source = this.#source
    const { path, text } = source
    const problem = this.#problem
    if (problem !== undefined) {
      const line = this.#lines.at(problem.start)
      return { path, index, source, start: problem.start, line, root: undefined, problem }
    }
    const { from, to } = this.parts[index] ?? { from: text.length, to: text.length }
    const { root, problem: refused } = parsePart(source, from, to, 'v2')
    const start = startOf(text, from, root)
    const line = this.#lines.at(start)
    const unsaid = root === undefined ? undefined : jsonProblem(root)
    if (unsaid !== undefined)
      return { path, index, source, start, line, root: undefined, problem: unsaid }
    return { path, index, source, start, line, root, problem: refused }
  }
}

export function* readDocuments(file: ManifestFile): Iterable<ManifestDocument> {
  const reader = DocumentReader.open(file)
  for (const index of reader.parts.keys()) yield reader.read(index)
}

/** Numbers of lines without a table of all lines: quick where offsets grow. */
class LineCounter {
  readonly #text: string
  #line = 1
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  at(offset: number): number {
    if (offset < this.#at) {
      this.#line = 1
      this.#at = 0
    }
    for (;;) {
      const next = this.#text.indexOf('\n', this.#at)
      if (next === -1 || next >= offset) return this.#line
      this.#line++
      this.#at = next + 1
    }
  }
}

/** Where a person sees a document begin: its first content. */
function startOf(text: string, from: number, root: Node | undefined): number {
  if (root !== undefined) return root.start
  return Math.min(from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0), text.length)
}

function* separators(text: string): Iterable<{ readonly at: number; readonly end: number }> {
  for (let at = text.indexOf('\n---'); at !== -1; at = text.indexOf('\n---', at + 1)) {
    const line = text.indexOf('\n', at + 1)
    yield { at: at + 1, end: line === -1 ? text.length : line + 1 }
  }
}

interface Part {
  readonly from: number
  readonly to: number
}

function parts(text: string): Part[] {
  const found: { from: number; to: number }[] = []
  let from = text.startsWith('---\n') ? 4 : 0
  for (const { at, end } of separators(text)) {
    if (at < from) continue
    found.push({ from, to: at })
    from = end
  }
  found.push({ from, to: text.length })
  return found
}

/** An object to judge: a document's, or one of a `List`. */
export interface Manifest {
  readonly document: ManifestDocument
  readonly root: MapNode
}

/** The objects of a document: the items of a `List` (one level, as kubectl), else its root. */
export function manifestsOf(document: ManifestDocument): Manifest[] {
  const { root } = document
  if (root?.kind !== 'map') return []
  const kind = root.get('kind')
  const items = root.get('items')
  if (kind?.kind !== 'scalar' || kind.text.toLowerCase() !== 'list' || items?.kind !== 'list')
    return [{ document, root }]
  return items.items.filter(item => item.kind === 'map').map(item => ({ document, root: item }))
}
