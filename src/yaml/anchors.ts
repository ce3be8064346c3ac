import type { Node } from './node.ts'

/** An anchored node with what it weighs once its aliases are expanded. */
export interface Anchored {
  readonly node: Node
  readonly size: number
  readonly depth: number
}

/** go-yaml's bounds between which the allowed share of aliases falls from 99 % to 10 %. */
const low = 400_000
const high = 4_000_000

/** The anchors of one document, and how much of it comes from aliases. */
export class Anchors {
  readonly #known = new Map<string, Anchored | 'open'>()
  #decoded = 0
  #aliased = 0

  add(name: string, node: Node): void {
    if (name !== '') this.#known.set(name, { node, size: 1, depth: 1 })
  }

  /** A collection with this anchor begins: until it ends, an alias of it would contain itself. */
  open(name: string): void {
    if (name !== '') this.#known.set(name, 'open')
  }

  close(name: string, node: Node, size: number, depth: number): void {
    if (name !== '' && this.#known.get(name) === 'open')
      this.#known.set(name, { node, size, depth })
  }

  get(name: string): Anchored | 'open' | undefined {
    return this.#known.get(name)
  }

  count(size: number): void {
    if (size === 1) this.#decoded++
  }

  /** Counts an alias of that size; true where go-yaml calls it excessive. */
  expand(size: number): boolean {
    this.#decoded += size + 1
    this.#aliased += size
    if (this.#aliased <= 100 || this.#decoded <= 1000) return false
    return this.#aliased / this.#decoded > allowedShare(this.#decoded)
  }
}

function allowedShare(decoded: number): number {
  if (decoded <= low) return 0.99
  if (decoded >= high) return 0.1
  return 0.99 - 0.89 * ((decoded - low) / (high - low))
}
