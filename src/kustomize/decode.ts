import type { Span } from '../text/source.ts'
import { ListNode, MapNode, type Node, Scalar } from '../yaml/node.ts'
import { keyText, typeOf, valueOf } from '../yaml/value.ts'
import { type Shape, type Struct, typeName } from './shape.ts'

/** What decoding came upon, with the place. */
export interface DecodeProblem {
  readonly kind: 'type' | 'unknown' | 'duplicate'
  /** In the words of Go's decoder; never a value. */
  readonly message: string
  readonly at: Span
  /** The field as written. */
  readonly field: string
  /** Fields that would have been known at this place. */
  readonly known: readonly string[]
}

export interface Decoded {
  readonly root: MapNode
  readonly problems: readonly DecodeProblem[]
}

/**
 * Reads a document into a struct as sigs.k8s.io/yaml and encoding/json do: field names match without
 * regard to case, the last of equal keys counts, null means absent. Problems are listed, not thrown.
 */
export function decode(root: MapNode, shape: Struct): Decoded {
  const problems: DecodeProblem[] = []
  return { root: new Decoder(problems).struct(root, shape, []), problems }
}

class Decoder {
  readonly #problems: DecodeProblem[]

  constructor(problems: DecodeProblem[]) {
    this.#problems = problems
  }

  struct(map: MapNode, shape: Struct, path: readonly string[]): MapNode {
    const names = Object.keys(shape.fields)
    const fields = new Map<string, [Scalar, Node]>()
    for (const [key, value] of this.#sorted(map)) {
      const name = Object.hasOwn(shape.fields, key.text)
        ? key.text
        : names.find(one => one.toLowerCase() === key.text.toLowerCase())
      const wanted = name === undefined ? undefined : shape.fields[name]
      if (name === undefined || wanted === undefined) {
        this.#problem('unknown', `json: unknown field "${key.text}"`, key, key.text, names)
        continue
      }
      const decoded = this.#value(value, wanted, [...path, name], shape)
      const canonical = name === key.text ? key : renamed(key, name)
      if (decoded) fields.set(name, [canonical, decoded])
    }
    const all = [...fields.values()]
    return new MapNode(
      all.map(([key]) => key),
      all.map(([, value]) => value),
      map,
      map.flow,
    )
  }

  /** Entries by key as JSON text has them: sorted, the last of equal ones alone. */
  #sorted(map: MapNode): readonly (readonly [Scalar, Node])[] {
    const last = new Map<string, [Scalar, Node]>()
    for (const [i, key] of map.keys.entries()) {
      const value = map.values[i]
      const text = keyText(key)
      if (last.has(text))
        this.#problem('duplicate', `key "${text}" already set in map`, key, text, [])
      if (value) last.set(text, [text === key.text ? key : renamed(key, text), value])
    }
    return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
  }

  #value(node: Node, shape: Shape, path: readonly string[], owner: Struct): Node | undefined {
    if (node.kind === 'scalar' && typeOf(node) === 'null')
      return shape.is === 'any' ? node : undefined
    if (shape.is === 'any') return node
    if (shape.is === 'struct' && node.kind === 'map') return this.struct(node, shape, path)
    if (shape.is === 'list' && node.kind === 'list')
      return new ListNode(
        node.items.map(item => this.#value(item, shape.of, path, owner) ?? zero(item, shape.of)),
        node,
        node.flow,
      )
    if (shape.is === 'map' && node.kind === 'map') return this.#map(node, shape.of, path, owner)
    if (node.kind === 'scalar' && fits(node, shape)) return node
    const wanted = `Go struct field ${owner.name}.${path.join('.')} of type ${typeName(shape)}`
    const message = `json: cannot unmarshal ${jsonType(node)} into ${wanted}`
    this.#problem('type', message, node, path.join('.'), [])
    return undefined
  }

  #map(map: MapNode, shape: Shape, path: readonly string[], owner: Struct): MapNode {
    const entries = this.#sorted(map)
    return new MapNode(
      entries.map(([key]) => key),
      entries.map(([, value]) => this.#value(value, shape, path, owner) ?? zero(value, shape)),
      map,
      map.flow,
    )
  }

  #problem(
    kind: DecodeProblem['kind'],
    message: string,
    at: Span,
    field: string,
    known: readonly string[],
  ): void {
    this.#problems.push({ kind, message, at, field, known })
  }
}

function renamed(key: Scalar, text: string): Scalar {
  return new Scalar(text, key.style, key.tag, key.reader, key)
}

/** Go's zero value where a list or map holds null. */
function zero(at: Node, shape: Shape): Node {
  if (shape.is === 'struct' || shape.is === 'map') return new MapNode([], [], at)
  if (shape.is === 'list') return new ListNode([], at)
  return new Scalar('', 'double', undefined, 'v2', at)
}

function fits(scalar: Scalar, shape: Shape): boolean {
  const type = typeOf(scalar)
  if (shape.is === 'string') return type === 'string' || type === 'timestamp' || type === 'binary'
  if (shape.is === 'bool') return type === 'bool'
  if (shape.is !== 'int' && shape.is !== 'int64') return false
  if (type !== 'int' && type !== 'float') return false
  const value = valueOf(scalar)
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value
  return (
    typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63
  )
}

function jsonType(node: Node): string {
  if (node.kind === 'map') return 'object'
  if (node.kind === 'list') return 'array'
  const type = typeOf(node)
  return type === 'int' || type === 'float' ? 'number' : type === 'bool' ? 'bool' : 'string'
}
