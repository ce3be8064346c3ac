import { Refusal } from '../kube/refusal.ts'
import type { Source, Span } from '../text/source.ts'
import { baseName } from '../tree/tree.ts'
import type { MapNode, Scalar } from '../yaml/node.ts'
import type { Context } from './context.ts'
import { scalarsAt, textAt } from './file.ts'
import { within } from './within.ts'

/** One entry of generated data, with the place of its value. */
export interface Pair {
  readonly key: string
  readonly value: Uint8Array
  readonly at: Span
}

/**
 * The data of a generator (api/kv): env files, literals, files. Refuses a key that comes twice. No
 * message shows a value.
 */
export function readPairs(args: MapNode, context: Context): readonly Pair[] {
  const pairs = [
    ...pairsOf('env source files', scalarsAt(args, 'envs'), path => readEnv(path, context)),
    ...pairsOf('literal sources', scalarsAt(args, 'literals'), one => [readLiteral(one)]),
    ...pairsOf('file sources', scalarsAt(args, 'files'), one => [readFile(one, context)]),
  ]
  const known = new Set<string>()
  for (const { key, at } of pairs) {
    if (known.has(key))
      throw new Refusal(
        `configmap ${textAt(args, 'name')} illegally repeats the key \`${key}\``,
        at,
      )
    known.add(key)
  }
  return pairs
}

/** The entries of one field. Where one is refused the files are named, literals are not. */
function pairsOf(
  part: string,
  entries: readonly Scalar[],
  read: (entry: Scalar) => readonly Pair[],
): readonly Pair[] {
  const isShown = part !== 'literal sources'
  const names = isShown ? `: [${entries.map(one => one.text).join(' ')}]` : ''
  return within(`loading KV pairs: ${part}${names}`, () => entries.flatMap(read))
}

function readLiteral(literal: Scalar): Pair {
  const cut = literal.text.indexOf('=')
  if (cut < 1) throw new Refusal('invalid literal source, expected key=value', literal)
  const value = withoutQuotes(literal.text.slice(cut + 1))
  return { key: literal.text.slice(0, cut), value: Buffer.from(value), at: literal }
}

function withoutQuotes(text: string): string {
  const [first] = text
  if (text.length < 2 || !text.endsWith(first ?? '')) return text
  return first === '"' || first === "'" ? text.slice(1, -1) : text
}

function readFile(entry: Scalar, context: Context): Pair {
  const { text } = entry
  const cut = text.indexOf('=')
  if (cut === 0 || cut === text.length - 1 || cut !== text.lastIndexOf('='))
    throw new Refusal(fileProblem(text, cut), entry)
  const path = text.slice(cut + 1)
  const key = cut === -1 ? baseName(path) : text.slice(0, cut)
  const source = context.load(path, entry)
  return { key, value: context.bytes(path, entry), at: source.span(0, source.text.length) }
}

function fileProblem(text: string, cut: number): string {
  const source = JSON.stringify(text)
  if (text.indexOf('=', cut + 1) !== -1)
    return `source ${source} key name or file path contains '='`
  const part = JSON.stringify(cut === 0 ? text.slice(1) : text.slice(0, -1))
  return cut === 0
    ? `missing key name for file path ${part} in source ${source}`
    : `missing file path for key name ${part} in source ${source}`
}

/** Lines of an env file: blanks in front and comments fall off, all behind the first `=` counts. */
function readEnv(path: Scalar, context: Context): readonly Pair[] {
  const source = context.load(path.text, path)
  const bytes = context.bytes(path.text, path)
  const pairs: Pair[] = []
  for (const [index, line] of linesOf(bytes).entries()) {
    const text = decodeLine(line)
    if (text === undefined)
      throw new Refusal(`line ${index + 1} has invalid utf8 bytes`, lineSpan(source, index))
    const content = (index === 0 ? text.replace(/^\ufeff/, '') : text).replace(BLANKS, '')
    if (content === '' || content.startsWith('#')) continue
    const cut = content.indexOf('=')
    const key = cut === -1 ? content : content.slice(0, cut)
    // An empty key counts as no line at all.
    if (key === '') continue
    const value = cut === -1 ? '' : content.slice(cut + 1)
    pairs.push({ key, value: Buffer.from(value), at: lineSpan(source, index) })
  }
  return pairs
}

/** What Go's unicode.IsSpace knows. */
const BLANKS = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let from = 0
  while (from < bytes.length) {
    const end = bytes.indexOf(10, from)
    const to = end === -1 ? bytes.length : end
    // A carriage return before the line feed belongs to the line break.
    lines.push(bytes.subarray(from, to > from && bytes[to - 1] === 13 ? to - 1 : to))
    from = to + 1
  }
  return lines
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of bytes, undefined where they are no UTF-8. */
export function decodeLine(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

function lineSpan(source: Source, index: number): Span {
  const start = source.lineStart(index + 1)
  return source.span(start, start + source.line(index + 1).length)
}
