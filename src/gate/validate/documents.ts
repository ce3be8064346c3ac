import { Source } from '../../text/source.ts'
import type { MapNode, Node, YamlProblem } from '../../yaml/node.ts'
import { decode } from '../../yaml/decode.ts'
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
export function* readDocuments(file: ManifestFile): Iterable<ManifestDocument> {
  const { path } = file
  const text = decode(file.bytes)
  if (typeof text === 'string') {
    yield* documentsOf(new Source(path, text))
    return
  }
  const source = new Source(path, text.text)
  const problem = { ...source.span(text.offset), message: text.message }
  const { line } = source.position(text.offset)
  yield { path, index: 0, source, start: text.offset, line, root: undefined, problem }
}

export function* documentsOf(source: Source): Iterable<ManifestDocument> {
  const { path, text } = source
  const lines = new LineCounter(text)
  for (const [index, { from, to }] of parts(text).entries()) {
    const { root, problem } = parsePart(source, from, to, 'v2')
    const start = startOf(text, from, root)
    yield { path, index, source, start, line: lines.at(start), root, problem }
  }
}

/** Numbers of lines for offsets that only grow: without a table of all lines. */
class LineCounter {
  readonly #text: string
  #line = 1
  #next: number

  constructor(text: string) {
    this.#text = text
    this.#next = text.indexOf('\n')
  }

  at(offset: number): number {
    while (this.#next !== -1 && this.#next < offset) {
      this.#line++
      this.#next = this.#text.indexOf('\n', this.#next + 1)
    }
    return this.#line
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

function parts(text: string): { readonly from: number; readonly to: number }[] {
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
