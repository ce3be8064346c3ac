import type { Node, Scalar } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value.ts'
import { isNull } from '../../yaml/value.ts'
import { issue, type Issue } from '../issue.ts'

/**
 * A place in a CustomResourceDefinition: reading what is not there gives empty values, and what is
 * found goes into one list, under the path that the server spells.
 */
export class Place {
  readonly node: Node | undefined
  readonly path: string
  readonly key: Scalar | undefined
  readonly #owner: Place | undefined
  readonly #found: Issue[]

  constructor(node: Node | undefined, found: Issue[], path = '', owner?: Place, key?: Scalar) {
    this.node = isNull(node) ? undefined : node
    this.#found = found
    this.path = path
    this.#owner = owner
    this.key = key
  }

  get(name: string): Place {
    const map = this.node?.kind === 'map' ? this.node : undefined
    return new Place(map?.get(name), this.#found, `${this.path}.${name}`, this, map?.key(name))
  }

  /** The same place under another path: the server's internal form names some fields otherwise. */
  as(path: string): Place {
    return new Place(this.node, this.#found, path, this.#owner, this.key)
  }

  /** An entry of a map of schemas, as `properties[name]`. */
  entry(name: string): Place {
    const inner = this.get(name)
    return inner.as(`${this.path}[${name}]`)
  }

  /** Complaints so far, everywhere. */
  get count(): number {
    return this.#found.length
  }

  /** Names of a map's members. */
  get names(): readonly string[] {
    return this.node?.kind === 'map' ? this.node.keys.map(key => key.text) : []
  }

  /** Whether the value is another than Go's zero value. */
  get isFilled(): boolean {
    const { node } = this
    if (node === undefined) return false
    if (node.kind === 'map') return node.size > 0
    if (node.kind === 'list') return node.items.length > 0
    const value = valueOf(node)
    return value !== '' && value !== false && value !== 0
  }

  get has(): boolean {
    return this.node !== undefined
  }

  get text(): string {
    return this.node?.kind === 'scalar' ? this.node.text : ''
  }

  get isTrue(): boolean {
    return this.node?.kind === 'scalar' && valueOf(this.node) === true
  }

  get isFalse(): boolean {
    return this.node?.kind === 'scalar' && valueOf(this.node) === false
  }

  items(): Place[] {
    if (this.node?.kind !== 'list') return []
    return this.node.items.map(
      (item, i) => new Place(item, this.#found, `${this.path}[${i}]`, this),
    )
  }

  entries(): (readonly [string, Place])[] {
    if (this.node?.kind !== 'map') return []
    return this.node.keys.map(key => {
      const value = this.node?.kind === 'map' ? this.node.get(key.text) : undefined
      const place = new Place(value, this.#found, `${this.path}[${key.text}]`, this, key)
      return [key.text, place] as const
    })
  }

  say(detail: string): void {
    const at = this.node ?? this.key ?? this.#owner?.at
    if (at !== undefined) this.#found.push({ ...issue('invalid-crd', detail, at), path: this.path })
  }

  /** Where a person looks. */
  get at(): Node | undefined {
    return this.key ?? this.node ?? this.#owner?.at
  }

  invalid(detail: string): void {
    this.say(`Invalid value: ${JSON.stringify(this.text)}: ${detail}`)
  }

  required(detail = ''): void {
    this.say(`Required value${detail === '' ? '' : `: ${detail}`}`)
  }

  forbidden(detail: string): void {
    this.say(`Forbidden: ${detail}`)
  }

  oneOf(values: readonly string[]): void {
    if (!this.has || values.includes(this.text)) return
    const list = values.map(value => JSON.stringify(value)).join(', ')
    this.say(`Unsupported value: ${JSON.stringify(this.text)}: supported values: ${list}`)
  }
}
