import { formatId, type KubeObject } from '../kube/object.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { Finding } from '../text/diagnostic.ts'
import { ListNode, MapNode, type Node, type Scalar, stringNode } from '../yaml/node.ts'
import { typeOf } from '../yaml/value.ts'

/**
 * Quoted `"${VAR}"` whose value is no string after substitution: kustomize prints the text without its
 * quotes before Flux substitutes. Where a schema asks for a number or boolean it was meant.
 */
export function lostQuotes(object: KubeObject, schemas: Schemas): readonly Finding[] {
  return [...unquotedIn(object.root)]
    .filter(leaf => !isTyped(object, leaf, schemas))
    .map(leaf => ({
      code: 'lost-quotes',
      message: `after substitution this is ${article(typeOf(leaf))}, not a string`,
      at: leaf,
      object: formatId(object.id),
      help: QUOTES,
    }))
}

const QUOTES =
  'the quotes do not survive the build: put them into the value of the variable, or write ${quote}${NAME}${quote} with a variable quote that holds one'

/** What helps where a value is refused that a quoted variable has become. */
export function quotesHelp(at: Node): string | undefined {
  return at.kind === 'scalar' && isUnquoted(at) ? QUOTES : undefined
}

function article(type: string): string {
  if (type === 'bool') return 'a boolean'
  return type === 'int' ? 'an integer' : 'a number'
}

function* unquotedIn(node: Node): Iterable<Scalar> {
  if (node.kind === 'scalar') {
    if (isUnquoted(node)) yield node
    return
  }
  for (const child of node.kind === 'map' ? node.values : node.items) yield* unquotedIn(child)
}

function isUnquoted(node: Scalar): boolean {
  const from = node.made?.by === 'substitution' ? node.made.from : undefined
  if (from?.kind !== 'scalar' || from.style === 'plain' || typeOf(from) !== 'string') return false
  return /^(?:bool|int|float)$/.test(typeOf(node))
}

/**
 * Whether the schema has the last word on the field: it refuses what stands there now (and says so
 * itself), or a string, or takes both but no map (a port, a quantity).
 */
function isTyped({ root, id }: KubeObject, leaf: Scalar, schemas: Schemas): boolean {
  const { group, version, kind } = id
  if (!schemas.lookup(group, version, kind).ok) return false
  const problems = (value: Node): boolean => {
    const changed = exchange(root, leaf, value)
    if (changed.kind !== 'map') return false
    return schemas.check(changed, group, version, kind).some(one => one.at === value)
  }
  if (problems(leaf)) return true
  return problems(stringNode('text', leaf)) || problems(new MapNode([], [], leaf))
}

function exchange(node: Node, old: Node, fresh: Node): Node {
  if (node === old) return fresh
  if (node.kind === 'scalar') return node
  if (node.kind === 'list') {
    const items = node.items.map(item => exchange(item, old, fresh))
    if (items.every((item, at) => item === node.items[at])) return node
    return new ListNode(items, node, node.flow, node.made)
  }
  const values = node.values.map(value => exchange(value, old, fresh))
  if (values.every((value, at) => value === node.values[at])) return node
  return new MapNode(node.keys, values, node, node.flow, node.made)
}
