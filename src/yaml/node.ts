import type { Source, Span } from '../text/source.ts'

/**
 * Which of go-yaml's readers typed the text. `v3`: resources and strategic merge patches (kyaml).
 * `v2`: kustomization.yaml, JSON 6902 patches, Flux's re-read after substitution (sigs.k8s.io/yaml).
 * The reader stays with the scalar, so a value means what its own file's reader made of it.
 */
export type Reader = 'v2' | 'v3'

export type Style = 'plain' | 'single' | 'double' | 'literal' | 'folded'

/** How a node came to be when nobody wrote it as it stands, and what stood there before. */
export interface Made {
  /** The transformation by name: `image`, `namespace`, `name-prefix`, `hash`, `substitution` … */
  readonly by: string
  /** The value it replaced or was made from. */
  readonly from?: Node
  /** The node that was copied, where its value is not what stands at the span. */
  readonly copied?: Node
  /** Whether the value was decrypted, or made out of one that was: it is shown to nobody. */
  readonly secret?: boolean
  /** The tag that kyaml goes on to give the node though quotes have made its text a string. */
  readonly tag?: string
}

/** What all nodes share. The span of a made node is the line that asked for it. */
interface Place extends Span {
  readonly made?: Made | undefined
}

/** One scalar. `text` is what the author wrote, escapes and folding resolved; its type is asked for on demand. */
export class Scalar implements Place {
  readonly kind = 'scalar'
  readonly text: string
  readonly style: Style
  /** As written, resolved against the shorthand `!!`: `tag:yaml.org,2002:str`, `!foo`; undefined = none. */
  readonly tag: string | undefined
  readonly reader: Reader
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly made: Made | undefined

  constructor(
    text: string,
    style: Style,
    tag: string | undefined,
    reader: Reader,
    at: Span,
    made?: Made,
  ) {
    this.text = text
    this.style = style
    this.tag = tag
    this.reader = reader
    this.source = at.source
    this.start = at.start
    this.end = at.end
    this.made = made
  }
}

/** A mapping: parallel arrays keep the order as written and never confuse `1` and `__proto__`. */
export class MapNode implements Place {
  readonly kind = 'map'
  readonly keys: readonly Scalar[]
  readonly values: readonly Node[]
  readonly flow: boolean
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly made: Made | undefined
  #index: Map<string, number> | undefined

  constructor(
    keys: readonly Scalar[],
    values: readonly Node[],
    at: Span,
    flow = false,
    made?: Made,
  ) {
    this.keys = keys
    this.values = values
    this.flow = flow
    this.source = at.source
    this.start = at.start
    this.end = at.end
    this.made = made
  }

  get size(): number {
    return this.keys.length
  }

  /**
   * Position of a key by its text, -1 where there is none. Of equal keys a v2 map answers with the last,
   * which wins there; elsewhere with the first (`duplicates` lists them).
   */
  indexOf(key: string): number {
    const { keys } = this
    const { length } = keys
    if (length < 16) {
      let found = -1
      for (let i = 0; i < length; i++) {
        const one = keys[i]
        if (one?.text !== key) continue
        if (one.reader === 'v3') return i
        found = i
      }
      return found
    }
    this.#index ??= indexKeys(keys)
    return this.#index.get(key) ?? -1
  }

  has(key: string): boolean {
    return this.indexOf(key) !== -1
  }

  get(key: string): Node | undefined {
    return this.values[this.indexOf(key)]
  }

  /** The node of a key: findings about a name point at it. */
  key(key: string): Scalar | undefined {
    return this.keys[this.indexOf(key)]
  }

  /** A copy with the key's value replaced, or appended where the key is new. */
  with(key: Scalar, value: Node): MapNode {
    const at = this.indexOf(key.text)
    if (at === -1)
      return new MapNode([...this.keys, key], [...this.values, value], this, this.flow, this.made)
    if (this.values[at] === value) return this
    return new MapNode(this.keys, this.values.with(at, value), this, this.flow, this.made)
  }

  without(key: string): MapNode {
    const at = this.indexOf(key)
    if (at === -1) return this
    return new MapNode(
      this.keys.toSpliced(at, 1),
      this.values.toSpliced(at, 1),
      this,
      this.flow,
      this.made,
    )
  }
}

function indexKeys(keys: readonly Scalar[]): Map<string, number> {
  const index = new Map<string, number>()
  for (const [i, key] of keys.entries())
    if (key.reader === 'v2' || !index.has(key.text)) index.set(key.text, i)
  return index
}

/** A sequence. */
export class ListNode implements Place {
  readonly kind = 'list'
  readonly items: readonly Node[]
  readonly flow: boolean
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly made: Made | undefined

  constructor(items: readonly Node[], at: Span, flow = false, made?: Made) {
    this.items = items
    this.flow = flow
    this.source = at.source
    this.start = at.start
    this.end = at.end
    this.made = made
  }
}

export type Node = Scalar | MapNode | ListNode

/** A comment: from its `#` to the end of its line. */
export interface Comment {
  readonly start: number
  readonly end: number
}

/** One document of a stream; `root` is undefined where it holds nothing. */
export interface Document {
  readonly source: Source
  /** Position in the stream, from 0, empty documents counted. */
  readonly index: number
  readonly start: number
  readonly end: number
  readonly root: Node | undefined
}

/** What a reader refuses, in go-yaml's words (`yaml: line 6: …`), with the place. */
export interface YamlProblem extends Span {
  readonly message: string
}

/** What a reader makes of a source: the documents before the first problem, all comments, the problem. */
export interface Parsed {
  readonly documents: readonly Document[]
  readonly comments: readonly Comment[]
  readonly problem: YamlProblem | undefined
  /** Where text begins that every reader ignores: what follows `...` without a new `---`. */
  readonly ignored: Span | undefined
}

/** A string that nobody wrote quoted or not: it is a string for every reader. */
export function stringNode(text: string, at: Span, made?: Made): Scalar {
  return new Scalar(text, 'double', undefined, 'v3', at, made)
}

/** A string as kyaml makes one out of data: a literal block where it has several lines. */
export function dataNode(text: string, at: Span, made: Made): Scalar {
  return new Scalar(text, text.includes('\n') ? 'literal' : 'double', undefined, 'v3', at, made)
}

/** A scalar typed by its plain text (`3`, `true`, `null`). */
export function plainNode(text: string, at: Span, made?: Made): Scalar {
  return new Scalar(text, 'plain', undefined, 'v3', at, made)
}
