import type { Source, Span } from '../text/source.ts'
import { ListNode, MapNode, type Node, Scalar } from '../yaml/node.ts'
import type { RawDocument } from './documents.ts'

/** A file of `NAME=value` lines (dotenv, INI) as a document, so that SOPS's rules can be asked of it. */
export function readSettings(source: Source, isIni: boolean): RawDocument {
  const sections: [Scalar | undefined, [Scalar, Node][]][] = [[undefined, []]]
  const comments: { start: number; end: number }[] = []
  // Between three quotes a value of an INI file goes on over lines, as sops 3.13.0 writes it.
  for (const match of source.text.matchAll(isIni ? INI_LINE : LINE)) {
    const line = match[0]
    const start = match.index
    const at = (from: number, to: number): Span => source.span(start + from, start + to)
    const trimmed = line.trim()
    const section = isIni ? /^\s*\[([^\]]*)\]\s*$/.exec(line) : null
    if (trimmed.startsWith('#') || (isIni && trimmed.startsWith(';')))
      comments.push({ start: start + line.indexOf(trimmed[0] ?? ''), end: start + line.length })
    else if (section !== null) sections.push([scalar(section[1] ?? '', at(0, line.length)), []])
    else if (trimmed !== '') sections.at(-1)?.[1].push(entryOf(line, at))
  }
  return { source, start: 0, end: source.text.length, root: rootOf(source, sections), comments }
}

const LINE = /^[^\n]*$/gm
const INI_LINE = /^[ \t]*[^\s=#;[][^\n=]*=[ \t]*"""[^]*?"""[ \t]*$|^[^\n]*$/gm

type Entry = readonly [Scalar, Node]

function entryOf(line: string, at: (from: number, to: number) => Span): [Scalar, Node] {
  const sign = line.indexOf('=')
  // A line without a sign is no setting: SOPS refuses it, and it is readable as it stands.
  if (sign === -1) return [scalar('', at(0, 0)), scalar(line.trim(), at(0, line.length))]
  const value = line.slice(sign + 1).trim()
  const from = sign + 1 + line.slice(sign + 1).indexOf(value)
  const name = line
    .slice(0, sign)
    .trim()
    .replace(/^export\s+/, '')
  return [scalar(name, at(0, sign)), scalar(unquote(value), at(from, from + value.length))]
}

function unquote(value: string): string {
  const match = /^("""|["'])(.*)\1$/s.exec(value)
  return (match?.[2] ?? value).replaceAll('\\n', '\n')
}

function scalar(text: string, at: Span): Scalar {
  return new Scalar(text, 'double', undefined, 'v3', at)
}

function rootOf(source: Source, sections: readonly [Scalar | undefined, Entry[]][]): MapNode {
  const entries: Entry[] = []
  for (const [name, lines] of sections) {
    const isMeta = name?.text === 'sops'
    if (name === undefined) entries.push(...lines)
    else entries.push([name, isMeta ? unflatten(lines, source) : mapOf(lines, source)])
  }
  const flat = entries.filter(([key]) => key.text.startsWith('sops_'))
  const plain = entries.filter(([key]) => !key.text.startsWith('sops_'))
  if (flat.length === 0) return mapOf(plain, source)
  const bare = flat.map(([key, value]): Entry => [scalar(key.text.slice(5), key), value])
  return mapOf(
    [...plain, [scalar('sops', flat[0]?.[0] ?? source.span(0)), unflatten(bare, source)]],
    source,
  )
}

function mapOf(entries: readonly Entry[], source: Source): MapNode {
  const [first, last] = [entries[0], entries.at(-1)]
  const at = source.span(first?.[0].start ?? 0, last?.[1].end ?? 0)
  return new MapNode(
    entries.map(([key]) => key),
    entries.map(([, value]) => value),
    at,
  )
}

/** `age__list_0__map_enc` → `age[0].enc`, as deep as the name says (sops stores/flatten.go). */
function unflatten(entries: readonly Entry[], source: Source): MapNode {
  const groups = Map.groupBy(
    entries,
    ([key]) => /^(.+?)__(?:list_\d+|map_)/.exec(key.text)?.[1] ?? '',
  )
  const nested = [...groups].flatMap(([name, inner]): Entry[] => {
    if (name === '') return [...inner]
    const at = inner[0]?.[0] ?? source.span(0)
    return [[scalar(name, at), nestedOf(inner.map(cut(name.length)), source)]]
  })
  return mapOf(nested, source)
}

function nestedOf(entries: readonly Entry[], source: Source): Node {
  const isMap = entries.every(([key]) => key.text.startsWith('__map_'))
  if (isMap) return unflatten(entries.map(cut('__map_'.length)), source)
  const items = Map.groupBy(entries, ([key]) => /^__list_\d+/.exec(key.text)?.[0] ?? '')
  const nodes = [...items].map(([mark, inner]) => {
    // A name that SOPS does not write.
    if (mark === '') return unflatten(inner, source)
    const whole = inner.find(([key]) => key.text === mark)
    return whole === undefined ? nestedOf(inner.map(cut(mark.length)), source) : whole[1]
  })
  return new ListNode(nodes, entries[0]?.[0] ?? source.span(0))
}

const cut =
  (length: number) =>
  ([key, value]: Entry): Entry => [scalar(key.text.slice(length), key), value]
