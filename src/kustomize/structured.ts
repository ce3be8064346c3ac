import { Refusal } from '../kube/refusal.ts'
import { Source } from '../text/source.ts'
import { ListNode, type Node, Scalar } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { settledValue } from './settled.ts'
import type { Json } from '../yaml/value.ts'
import { type Match, matchPath } from './matchpath.ts'
import { keepComments } from './keepcomments.ts'
import { lookUp } from './path.ts'
import { printDocument } from './printdocument.ts'

/**
 * Edits a value inside a text that is YAML or JSON itself: the path goes through the field and on in
 * what the text holds. Undefined where the path does not lead into such a text (api/filters/replacement
 * setValueInStructuredData).
 */
export function editInText(root: Node, path: readonly string[], match: Match): Node | undefined {
  for (let length = 1; length < path.length; length++) {
    const field = attempt(() => lookUp(root, path.slice(0, length)))
    if (field?.kind !== 'scalar') continue
    const { documents, problem } = parse(new Source(field.source.path, field.text), 'v3')
    if (problem) continue
    const data = documents[0]?.root
    if (data === undefined) return undefined
    const text = attempt(() => rewrite(data, field.text, path.slice(length), match))
    if (text === undefined) return undefined
    return replaceNode(root, field, withText(field, text, match))
  }
  return undefined
}

function rewrite(
  data: Node,
  old: string,
  path: readonly string[],
  match: Match,
): string | undefined {
  const { node, count } = matchPath(data, path, match)
  if (count === 0) return undefined
  const first = old.trim()[0]
  if (first !== '{' && first !== '[') {
    const printed = printDocument(node).trim()
    if (!old.includes('#')) return printed
    return keepComments(old, printDocument(data).trim(), printed) ?? printed
  }
  const isPretty = old.includes('\n') && old.includes('  ')
  return goJson(settledValue(node), isPretty ? '\n' : '')
}

function withText(field: Scalar, text: string, match: Match): Node {
  const made = { by: 'replacement', from: field, copied: match.value }
  return new Scalar(text, 'double', undefined, 'v3', match.value, made)
}

/** The tree with one node exchanged. */
function replaceNode(root: Node, old: Node, fresh: Node): Node {
  if (root === old) return fresh
  if (root.kind === 'map') {
    for (const [at, value] of root.values.entries()) {
      const changed = replaceNode(value, old, fresh)
      const key = root.keys[at]
      if (changed !== value && key) return root.with(key, changed)
    }
  } else if (root.kind === 'list') {
    for (const [at, item] of root.items.entries()) {
      const changed = replaceNode(item, old, fresh)
      if (changed !== item) return withItem(root, at, changed)
    }
  }
  return root
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Go's json.Marshal, or MarshalIndent with two blanks where `line` is a line break. */
function goJson(value: Json, line: string): string {
  if (value === null || typeof value !== 'object') return goScalar(value)
  const next = line === '' ? '' : `${line}  `
  const isList = Array.isArray(value)
  const parts = isList
    ? value.map((item: Json) => goJson(item, next))
    : Object.entries(value)
        .sort(([a], [b]) => compareBytes(a, b))
        .map(([key, item]) => `${goScalar(key)}:${line === '' ? '' : ' '}${goJson(item, next)}`)
  const [open, close] = isList ? '[]' : '{}'
  return parts.length === 0
    ? `${open}${close}`
    : `${open}${next}${parts.join(`,${next}`)}${line}${close}`
}

function goScalar(value: string | number | bigint | boolean | null): string {
  if (typeof value === 'bigint') return String(value)
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function withItem(list: Node, at: number, item: Node): Node {
  return list.kind === 'list'
    ? new ListNode(list.items.with(at, item), list, list.flow, list.made)
    : list
}
