import type { Source, Span } from '../text/source.ts'
import { type ReadDocument, readDocument } from './document.ts'
import type { Comment, Document, Node, Parsed, Reader, YamlProblem } from './node.ts'
import { Quick } from './quick.ts'
import { type Stretch, splitStream } from './split.ts'
import { Refusal } from './token.ts'

/**
 * Reads a stream as kustomize does. `v3`: kyaml's ByteReader, which splits the text on lines that begin
 * with `---` and takes the first document of each part. `v2`: sigs.k8s.io/yaml, which takes the first
 * document of all. What neither reads is `ignored`. Never throws.
 */
export function parse(source: Source, reader: Reader): Parsed {
  let parsed = parsedBy[reader].get(source)
  if (parsed === undefined) parsedBy[reader].set(source, (parsed = readStream(source, reader)))
  return parsed
}

/** Sources are read by several: what is known of one is kept as long as itself. */
const parsedBy = { v2: new WeakMap<Source, Parsed>(), v3: new WeakMap<Source, Parsed>() }

function readStream(source: Source, reader: Reader): Parsed {
  const { text } = source
  const comments: Comment[] = []
  const documents: Document[] = []
  const { stretches, problem: split } =
    reader === 'v3'
      ? splitStream(source)
      : { stretches: [{ from: 0, to: text.length }], problem: undefined }
  if (split) return { documents, comments, problem: split, ignored: undefined }
  let meaning: YamlProblem | undefined
  let ignored: Span | undefined
  for (const [index, stretch] of stretches.entries()) {
    const read = readStretch(source, stretch, reader)
    addComments(comments, stretch, read)
    if (read.syntax) {
      return { documents, comments, problem: problemOf(source, read.syntax), ignored }
    }
    if (read.meaning) meaning ??= problemOf(source, read.meaning)
    ignored ??= ignoredIn(source, read.end, stretch.to)
    const { from: start, to: end } = stretch
    if (!meaning) documents.push({ source, index, start, end, root: contentOf(read.root) })
  }
  return { documents, comments, problem: meaning, ignored }
}

/** The first document of a part of a source, read on its own: what kubectl makes of each part of a file. */
export function parsePart(
  source: Source,
  from: number,
  to: number,
  reader: Reader,
): { readonly root: Node | undefined; readonly problem: YamlProblem | undefined } {
  const read = readStretch(source, { from, to }, reader)
  const refused = read.syntax ?? read.meaning
  if (refused) return { root: undefined, problem: problemOf(source, refused) }
  return { root: contentOf(read.root), problem: undefined }
}

function readStretch(source: Source, { from, to }: Stretch, reader: Reader): ReadDocument {
  const special = finderOf(source).next(from)
  if (special >= to) {
    const quick = new Quick(source, from, to, reader)
    const root = quick.document()
    if (root)
      return { root, syntax: undefined, meaning: undefined, comments: quick.comments, end: to }
    return readDocument(source, from, to, reader, undefined)
  }
  const bad = findControl(source.text, special, to)
  if (bad === -1) return readDocument(source, from, to, reader, undefined)
  // go-yaml decodes 512 bytes at a time and refuses them together.
  const edge = chunkStart(source.text, from, bad)
  const cut = new Refusal('yaml: control characters are not allowed', bad, bad + 1)
  return readDocument(source, from, edge, reader, cut)
}

/** Characters that no YAML may hold, and those (tabs, odd line breaks) that ordinary YAML does not. */
const oddCharacter = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

/** Whether a text has ordinary characters only: the quick reader reads no other. */
export function isOrdinary(text: string): boolean {
  return text.search(oddCharacter) === -1
}

/** Finds odd characters of a text in one pass, however many stretches ask. */
class OddFinder {
  readonly #text: string
  #from = 0
  #found = -1

  constructor(text: string) {
    this.#text = text
  }

  /** Offset of the first odd character from `from` on; the length of the text where there is none. */
  next(from: number): number {
    if (from >= this.#from && this.#found >= from) return this.#found
    oddCharacter.lastIndex = from
    this.#from = from
    this.#found = oddCharacter.exec(this.#text)?.index ?? this.#text.length
    return this.#found
  }
}

const finders = new WeakMap<Source, OddFinder>()

function finderOf(source: Source): OddFinder {
  const known = finders.get(source)
  if (known) return known
  const finder = new OddFinder(source.text)
  finders.set(source, finder)
  return finder
}

/** The characters that no YAML may hold, as go-yaml's reader has them. */
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

function findControl(text: string, from: number, to: number): number {
  const found = text.slice(from, to).search(control)
  return found === -1 ? -1 : from + found
}

/** Offset at which the block of 512 bytes (of UTF-8) begins that holds `at`. */
function chunkStart(text: string, from: number, at: number): number {
  const bytes = Buffer.from(text.slice(from, at), 'utf8')
  const whole = bytes.length - (bytes.length % 512)
  return from + bytes.subarray(0, whole).toString('utf8').length
}

function problemOf(source: Source, refused: Refusal): YamlProblem {
  return {
    source,
    start: refused.start,
    end: Math.max(refused.end, refused.start),
    message: refused.message,
  }
}

/** A document that says `null`, or nothing, holds nothing. */
function contentOf(root: Node | undefined): Node | undefined {
  if (root?.kind !== 'scalar' || root.style !== 'plain') return root
  return ['', '~', 'null', 'Null', 'NULL'].includes(root.text) && root.tag === undefined
    ? undefined
    : root
}

function addComments(all: Comment[], stretch: Stretch, read: ReadDocument): void {
  if (stretch.comment) all.push(stretch.comment)
  const { comments } = read
  for (let i = 0; i < comments.length; i += 2)
    all.push({ start: comments[i] ?? 0, end: comments[i + 1] ?? 0 })
}

/** A line that says nothing: blank, a comment, or a marker with nothing behind it. */
const filler = /^(?:---|\.\.\.)?[ \t\r]*(?:#.*)?$/

/** The text between the end of the document that counts and the end of what was to be read. */
function ignoredIn(source: Source, from: number, to: number): Span | undefined {
  const { text } = source
  let at = from
  while (at < to) {
    const found = text.indexOf('\n', at)
    const stop = found === -1 || found > to ? to : found
    if (!filler.test(text.slice(at, stop)))
      return { source, start: at, end: at + text.slice(at, to).trimEnd().length }
    at = stop + 1
  }
  return undefined
}
