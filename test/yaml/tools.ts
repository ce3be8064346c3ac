import { Source } from '../../src/text/source.ts'
import { decode } from '../../src/yaml/decode.ts'
import { goJson } from '../../src/yaml/json.ts'
import { nodeOf } from '../../src/yaml/make.ts'
import { MapNode, type Node, type Parsed, type Reader, stringNode } from '../../src/yaml/node.ts'
import { parse } from '../../src/yaml/parse.ts'
import { tryPrint } from '../../src/yaml/print.ts'
import { type Json, valueOf } from '../../src/yaml/value.ts'

/** Output, or the words of the refusal. */
export type Outcome =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: string }

function refused(why: string): Outcome {
  return { ok: false, why }
}

export function parseText(text: string, reader: Reader): Parsed {
  return parse(new Source('input.yaml', text), reader)
}

/** What `kustomize build` prints of one resource file, made with our reader and printer only. */
export function kustomizeBuild(bytes: Uint8Array): Outcome {
  const text = decode(bytes)
  if (typeof text !== 'string') return refused(text.message)
  const { documents, problem } = parseText(text, 'v3')
  if (problem) return refused(problem.message)
  const roots = documents.flatMap(document => (document.root ? [document.root] : []))
  const printed: string[] = []
  for (const root of unwrap(roots)) {
    if (root.kind !== 'map') return refused('missing Resource metadata')
    const one = tryPrint(root)
    if ('problem' in one) return refused(one.problem.message)
    printed.push(one.text)
  }
  return { ok: true, text: printed.join('---\n') }
}

function unwrap(roots: readonly Node[]): readonly Node[] {
  const [first] = roots
  if (roots.length !== 1 || first?.kind !== 'map') return roots
  const kind = first.get('kind')
  const items = first.get('items')
  if (kind?.kind !== 'scalar' || kind.text !== 'List' || items?.kind !== 'list') return roots
  return items.items
}

/** What `kubectl annotate --local zz=1 -o json` prints, without its blanks. */
export function kubectlAnnotate(bytes: Uint8Array): Outcome {
  const decoded = decode(bytes)
  const text = typeof decoded === 'string' ? decoded : decoded.text
  // kubectl reads what looks like JSON as JSON.
  const json = text.trimStart().startsWith('{') ? readJson(text) : undefined
  if (json) return annotate(json)
  let out = ''
  for (const part of splitLines(text)) {
    if (part === undefined) return refused('invalid Yaml document separator')
    const { documents, problem } = parseText(part, 'v2')
    if (problem) return refused(problem.message)
    const root = documents[0]?.root
    if (root === undefined) continue
    const one = annotate(root)
    if (!one.ok) return one
    out += one.text
  }
  return { ok: true, text: out }
}

/** JSON as a node; undefined where it is none. */
function readJson(text: string): Node | undefined {
  try {
    const data: Json = JSON.parse(text)
    return nodeOf(data)
  } catch {
    return undefined
  }
}

/** kubectl holds numbers as int64 or float64. */
function unstructured(value: Json): Json {
  if (typeof value === 'bigint') return value < 2n ** 63n ? value : Number(value)
  if (typeof value === 'number') return value + 0
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(unstructured)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unstructured(one)]))
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}

/** Splits as kubectl's line reader: a separator may carry a comment, nothing else. */
function splitLines(text: string): readonly (string | undefined)[] {
  const parts: (string | undefined)[] = ['']
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (line.startsWith('---')) {
      const rest = line.slice(3).trim()
      parts.push(rest === '' || rest.startsWith('#') ? '' : undefined, '')
    } else parts[parts.length - 1] = `${parts.at(-1) ?? ''}${line}\n`
  }
  return parts
}

function annotate(root: Node): Outcome {
  if (root.kind !== 'map') return refused('cannot unmarshal')
  const kind = root.get('kind')
  const items = root.get('items')
  if (kind?.kind === 'scalar' && kind.text === 'List' && items?.kind === 'list') {
    const [first] = items.items
    return first ? annotate(first) : refused('empty list')
  }
  const printed = tryPrint(root)
  if ('problem' in printed) return refused(printed.problem.message)
  const metadata = root.get('metadata')
  if (metadata?.kind !== 'map') return refused('no metadata')
  const name = metadata.get('name')
  if (name === undefined || typeof valueOf(name) !== 'string')
    return refused('cannot unmarshal bool')
  const value = stringNode('1', root)
  const annotations = new MapNode([stringNode('zz', root)], [value], root)
  const changed = metadata.with(stringNode('annotations', root), annotations)
  return {
    ok: true,
    text: goJson(unstructured(valueOf(root.with(stringNode('metadata', root), changed)))),
  }
}

/** JSON without the blanks that only indent it; numbers keep their text. */
export function compact(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, text: string | undefined) => text ?? '')
}
