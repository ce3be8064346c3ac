import { demandKind, textOf } from '../kube/cell.ts'
import { compilePattern, type Pattern } from '../kube/pattern.ts'
import { Refusal } from '../kube/refusal.ts'
import { Source, type Span } from '../text/source.ts'
import { ListNode, MapNode, type Node, plainNode } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { print } from '../yaml/print.ts'
import { indexOf, isElement, splitElement } from './path.ts'

/** What is done with each node that a path matches. */
export interface Match {
  readonly edit: (node: Node) => Node
  /** The kind of node that is made where the path leads nowhere; undefined: nothing is made. */
  readonly create: Node['kind'] | undefined
  /** Where made nodes stand: the path that asks for them. */
  readonly at: Span
  /** The value that is put there. */
  readonly value: Node
}

/** The tree after the edit, and how many nodes were matched. */
export interface Matched {
  readonly node: Node
  readonly count: number
}

/**
 * Edits every node at a path of names, indices, `*` and `[name=regex]` (kyaml PathMatcher). Throws
 * `Refusal` where the path does not fit.
 */
export function matchPath(root: Node, path: readonly string[], match: Match): Matched {
  const [part, ...rest] = path
  if (part === undefined) return { node: match.edit(root), count: 1 }
  const index = indexOf(part)
  if (index !== undefined) return matchIndex(root, index, rest, match)
  if (isElement(part)) return matchElements(root, part, rest, match)
  if (part === '*') return matchEach(root, rest, match, () => true)
  return matchField(root, part, rest, match)
}

function matchField(map: Node, name: string, rest: readonly string[], match: Match): Matched {
  demandKind(map, 'map')
  let field = map.kind === 'map' ? map.get(name) : undefined
  if (field === undefined) {
    if (match.create === undefined) return { node: map, count: 0 }
    field = makeNode(rest[0], match.create, match.at)
  }
  if (field.kind === 'scalar' && rest.length > 0)
    return { ...inText(field, rest, match), node: map }
  const { node, count } = matchPath(field, rest, match)
  if (map.kind !== 'map') return { node: map, count }
  return { node: map.with(map.key(name) ?? plainNode(name, match.at), node), count }
}

/** A path that goes on inside a text is followed, but what it changes there is lost. */
function inText(text: Node, rest: readonly string[], match: Match): Matched {
  const { documents, problem } = parse(new Source('', textOf(text)), 'v3')
  if (problem) throw new Refusal(problem.message, text)
  const root = documents[0]?.root
  if (root === undefined) {
    throw new Refusal('wrong node kind: expected MappingNode but got %!s(yaml.Kind=0)', text)
  }
  return matchPath(root, rest, match)
}

function matchIndex(list: Node, index: number, rest: readonly string[], match: Match): Matched {
  demandKind(list, 'list')
  const items = list.kind === 'list' ? [...list.items] : []
  if (items.length === index && match.create !== undefined)
    items.push(makeNode(rest[0], match.create, match.at))
  const item = items[index]
  if (item === undefined)
    throw new Refusal(`index ${index} specified but only ${items.length} elements found`, list)
  const { node, count } = matchPath(item, rest, match)
  items[index] = node
  return { node: withItems(list, items), count }
}

function matchElements(list: Node, part: string, rest: readonly string[], match: Match): Matched {
  const [name, source] = splitElement(part, list)
  const below = name === '' ? [] : rest
  const found = matchEach(list, below, match, item => isMatch(item, name, source))
  if (found.count > 0 || match.create === undefined) return found
  const value = plainNode(source, match.at, { by: 'replacement' })
  const made = name === '' ? value : new MapNode([plainNode(name, match.at)], [value], match.at)
  if (!isMatch(made, name, source))
    throw new Refusal(`failed to create element for "${part}"`, list)
  const items = list.kind === 'list' ? list.items : []
  return matchEach(withItems(list, [...items, made]), below, match, item => item === made)
}

function isMatch(item: Node, name: string, source: string): boolean {
  const value = name === '' ? item : item.kind === 'map' ? item.get(name) : undefined
  if (value === undefined) return false
  return patternOf(source, item).test(spelled(value))
}

function patternOf(source: string, at: Node): Pattern {
  const pattern = compilePattern(source)
  if (pattern === undefined) throw new Refusal(`error parsing regexp: \`${source}\``, at)
  return pattern
}

/** A node as kyaml prints it: quotes and a comment on its line are part of it. */
function spelled(node: Node): string {
  if (node.kind !== 'scalar') return print(node).trim()
  const comment = node.made ? '' : (/^[ \t]+(#[^\n]*)/.exec(after(node))?.[1] ?? '')
  const text =
    node.style === 'double'
      ? JSON.stringify(node.text)
      : node.style === 'single'
        ? `'${node.text.replaceAll("'", "''")}'`
        : node.text
  return (comment === '' ? text : `${text} ${comment}`).trim()
}

function after(node: Node): string {
  const end = node.source.text.indexOf('\n', node.end)
  return node.source.text.slice(node.end, end === -1 ? undefined : end)
}

function matchEach(
  list: Node,
  rest: readonly string[],
  match: Match,
  isWanted: (item: Node) => boolean,
): Matched {
  demandKind(list, 'list')
  if (list.kind !== 'list') return { node: list, count: 0 }
  let total = 0
  const items = list.items.map(item => {
    if (!isWanted(item)) return item
    const { node, count } = matchPath(item, rest, match)
    total += count
    return node
  })
  return { node: withItems(list, items), count: total }
}

function withItems(list: Node, items: readonly Node[]): Node {
  if (list.kind !== 'list') return list
  if (items.length === list.items.length && items.every((item, at) => item === list.items[at]))
    return list
  return new ListNode(items, list, list.flow, list.made)
}

/** What is made at a step depends on the next one. */
function makeNode(next: string | undefined, leaf: Node['kind'], at: Span): Node {
  const made = { by: 'replacement' }
  const isList = next !== undefined && (isElement(next) || indexOf(next) !== undefined)
  const kind = isList ? 'list' : next === undefined ? leaf : 'map'
  if (kind === 'list') return new ListNode([], at, false, made)
  if (kind === 'map') return new MapNode([], [], at, false, made)
  return plainNode('', at, made)
}
