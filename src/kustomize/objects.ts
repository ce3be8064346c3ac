import { Refusal } from '../kube/refusal.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Source, Span } from '../text/source.ts'
import type { Undecodable } from '../yaml/decode.ts'
import type { ListNode, MapNode, Node } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { typeOf } from '../yaml/value.ts'
import { throughJson } from './throughjson.ts'

export interface Undecoded {
  readonly message: string
  readonly at: Span
}

export function undecoded(source: Source, decoded: string | Undecodable): Undecoded | undefined {
  if (typeof decoded === 'string') return undefined
  const { message, offset } = decoded
  return { message, at: source.span(offset, offset + 1) }
}

/** What a text holds, and where text begins that nobody reads: behind `...` without a new `---`. */
export interface ReadObjects {
  readonly roots: readonly MapNode[]
  readonly ignored: Span | undefined
}

/**
 * The objects of a resource text as kustomize takes them (kio.ByteReader, resource.Factory): lists
 * unpacked behind all other documents, what is empty dropped, kind and name demanded.
 */
export function readObjects(source: Source): ReadObjects {
  const { documents, problem, ignored } = parse(source, 'v3')
  if (problem) throw new Refusal(malformed(problem.message), problem)
  const roots = documents.flatMap(({ root }) => (root === undefined ? [] : [root]))
  const [first] = roots
  const single = documents.length === 1 && first ? unwrap(first) : undefined
  return { roots: inlineLists((single ?? roots).filter(isFilled).map(demandObject)), ignored }
}

/** Text that every reader passes over. */
export function ignoredText(at: Span): Finding {
  return {
    code: 'ignored-text',
    message: 'no reader reads on behind `...`: what follows is ignored up to the next ---',
    at,
  }
}

/** A further document of a file of which the first one counts. */
export function ignoredDocument(at: Span, what: string): Finding {
  const message = `only the first document of ${what} counts: what follows is ignored`
  return { code: 'ignored-text', message, at }
}

/** Separators are refused before YAML is read, and without that word. */
function malformed(message: string): string {
  return message.startsWith('invalid document separator')
    ? message
    : `MalformedYAMLError: ${message}`
}

/** The items of a `List` that stands alone in its file. */
function unwrap(root: Node): readonly Node[] | undefined {
  if (root.kind !== 'map') return undefined
  const kind = textOf(root, 'kind')
  if (kind !== 'List' && kind !== 'ResourceList') return undefined
  if (!root.has('items') && !root.has('functionConfig')) return undefined
  const items = root.get('items')
  if (items?.kind === 'map') return items.keys.flatMap((key, i) => [key, items.values[i] ?? key])
  return items?.kind === 'list' ? items.items : []
}

function isFilled(node: Node): boolean {
  if (node.kind === 'map') return node.size > 0
  if (node.kind === 'list') return node.items.length > 0
  return typeOf(node) !== 'null'
}

function demandObject(node: Node): MapNode {
  if (node.kind !== 'map') throw new Refusal('missing Resource metadata', node)
  const metadata = node.get('metadata')
  const hasMetadata = metadata !== undefined && isFilled(metadata)
  const kind = textOf(node, 'kind')
  if (kind === '') {
    const isBare = textOf(node, 'apiVersion') === '' && !hasMetadata
    throw new Refusal(isBare ? 'missing Resource metadata' : 'missing kind in object', node)
  }
  if (kind.endsWith('List')) return node
  const name = metadata?.kind === 'map' ? textOf(metadata, 'name') : ''
  if (name === '')
    throw new Refusal(
      'missing metadata.name in object',
      node.key('metadata') ?? node.key('kind') ?? node,
    )
  return node
}

function inlineLists(objects: readonly MapNode[]): readonly MapNode[] {
  if (!objects.some(object => textOf(object, 'kind').endsWith('List'))) return objects
  const open = [...objects]
  const found: MapNode[] = []
  for (let object = open.shift(); object; object = open.shift()) {
    const kind = textOf(object, 'kind')
    const items = object.get('items')
    if (!kind.endsWith('List') || items === undefined) found.push(object)
    else if (items.kind === 'list') open.push(...itemsOf(items))
    else if (items.kind === 'map' || typeOf(items) !== 'null')
      throw new Refusal(`expected array in ${kind}/items, but found ${goType(items)}`, items)
  }
  return found
}

/** Items make a trip through JSON on their way out of the list. */
function itemsOf(list: ListNode): readonly MapNode[] {
  return list.items.filter(isFilled).map(item => demandObject(throughJson(item, 'item')))
}

function goType(node: Node): string {
  return node.kind === 'map' ? 'map[string]interface {}' : 'string'
}

/** A text that counts: null and nothing are the same (RNode GetMeta). */
function textOf(map: MapNode, key: string): string {
  const value = map.get(key)
  if (value?.kind !== 'scalar' || typeOf(value) === 'null') return ''
  return value.text
}
