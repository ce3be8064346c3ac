import type { Source, Span } from '../text/source.ts'
import { readDocument } from '../yaml/document.ts'
import type { Comment, Node } from '../yaml/node.ts'
import { isOrdinary } from '../yaml/parse.ts'
import { Quick } from '../yaml/quick.ts'
import { splitStream } from '../yaml/split.ts'

/** One document as it stands, also where go-yaml refuses what it means (duplicate keys). */
export interface RawDocument {
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly root: Node
  readonly comments: readonly Comment[]
}

/** Every document that can be read in a text, and the stretches that no reader accepts. */
export interface RawDocuments {
  readonly documents: readonly RawDocument[]
  readonly unreadable: readonly Span[]
}

const MAX_DOCUMENTS = 20_000

/**
 * Reads all documents, those behind `...` too. Where the syntax of one is wrong, the others between
 * lines of `---` are still read: a typing error must not hide a secret.
 */
export function readDocuments(source: Source): RawDocuments {
  return readOrdinary(source) ?? readExactly(source)
}

/** What ends a document, or changes how the next is read, other than a line of `---`. */
const UNUSUAL = /^(?:%|\.\.\.)/m

/** Ordinary manifests, which the quick reader takes; undefined where it does not take all of a stream. */
export function readOrdinary(source: Source): RawDocuments | undefined {
  const { text } = source
  if (!isOrdinary(text) || UNUSUAL.test(text)) return undefined
  const { stretches, problem } = splitStream(source)
  if (problem !== undefined || stretches.length > MAX_DOCUMENTS) return undefined
  const documents: RawDocument[] = []
  for (const { from: start, to: end, comment } of stretches) {
    const quick = new Quick(source, start, end, 'v3')
    const root = quick.document()
    if (root === undefined) return undefined
    const comments = [...(comment ? [comment] : []), ...pairs(quick.comments)]
    documents.push({ source, start, end, root, comments })
  }
  return { documents, unreadable: [] }
}

/** Everything else, as the exact reader takes it. */
export function readExactly(source: Source): RawDocuments {
  const { text } = source
  const whole = readStretch(source, 0, text.length)
  if (whole.unreadable.length === 0) return whole
  const parts = stretchesOf(text).map(([from, to]) => readStretch(source, from, to))
  return {
    documents: parts.flatMap(part => part.documents),
    unreadable: parts.flatMap(part => part.unreadable),
  }
}

function readStretch(source: Source, from: number, to: number): RawDocuments {
  const documents: RawDocument[] = []
  for (let start = from; start < to && documents.length < MAX_DOCUMENTS;) {
    const read = readDocument(source, start, to, 'v3', undefined)
    if (read.syntax !== undefined) return { documents, unreadable: [source.span(start, to)] }
    const comments = pairs(read.comments)
    const { root } = read
    if (root !== undefined) documents.push({ source, start, end: read.end, root, comments })
    if (read.end <= start) break
    start = read.end
  }
  return { documents, unreadable: [] }
}

function pairs(flat: readonly number[]): Comment[] {
  const comments: Comment[] = []
  for (let i = 0; i + 1 < flat.length; i += 2)
    comments.push({ start: flat[i] ?? 0, end: flat[i + 1] ?? 0 })
  return comments
}

function stretchesOf(text: string): [number, number][] {
  const edges = [0]
  for (const match of text.matchAll(/^(?:---|\.\.\.)[ \t\r]*(?:#.*)?$/gm))
    edges.push(match.index + match[0].length)
  return edges.map((from, i) => [from, edges[i + 1] ?? text.length])
}
