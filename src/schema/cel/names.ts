/** The names in an expression; those that a macro binds count as bound everywhere. */
export class Names {
  readonly #all = new Set<string>()
  readonly #bound = new Set<string>()
  /** Members of `variables`. */
  readonly members: string[] = []
  /** Chains of members that start at a name: `['self', 'spec', 'replicas']`. */
  readonly chains: string[][] = []

  get free(): readonly string[] {
    return [...this.#all].filter(name => !this.#bound.has(name))
  }

  walk(node: unknown): void {
    if (Array.isArray(node)) return node.forEach(one => this.walk(one))
    if (!isNode(node)) return
    const { op, args } = node
    if (op === 'id' && typeof args === 'string') this.#all.add(args)
    const chain = chainOf(node)
    if (chain.length > 1) this.chains.push(chain)
    if (!Array.isArray(args)) return this.walk(args)
    const [first, second]: readonly unknown[] = args
    if (op === '.' && isNamed(first, 'variables') && typeof second === 'string')
      this.members.push(second)
    if (op === 'rcall' && Array.isArray(args[2])) this.#bind(args[2])
    this.walk(args)
  }

  /** The first arguments of a macro are the names that it gives to items. */
  #bind(args: readonly unknown[]): void {
    if (args.length < 2) return
    for (const one of args.slice(0, -1))
      if (isNode(one) && one.op === 'id' && typeof one.args === 'string') this.#bound.add(one.args)
  }
}

function chainOf(node: unknown): string[] {
  if (!isNode(node)) return []
  const { op, args } = node
  if (op === 'id' && typeof args === 'string') return [args]
  if (op !== '.' || !Array.isArray(args)) return []
  const [owner, name]: readonly unknown[] = args
  const before = chainOf(owner)
  return before.length > 0 && typeof name === 'string' ? [...before, name] : []
}

function isNode(value: unknown): value is { readonly op: unknown; readonly args: unknown } {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

function isNamed(value: unknown, name: string): boolean {
  return isNode(value) && value.op === 'id' && value.args === name
}

/** Types and libraries are names as well. */
export const LIBRARIES = [
  'bool',
  'bytes',
  'cel',
  'double',
  'format',
  'int',
  'ip',
  'cidr',
  'list',
  'lists',
  'map',
  'math',
  'null_type',
  'optional',
  'sets',
  'string',
  'strings',
  'type',
  'uint',
]
