import { compile } from '../../schema/cel/environment.ts'
import type { Field } from './field.ts'

/** What an expression may name, and what it must give. */
export interface Setting {
  readonly names: readonly string[]
  /** Names behind `variables.`, where there are any. */
  readonly variables?: readonly string[]
  readonly gives?: 'bool' | 'string'
}

/** What every expression of admission sees. */
export const REQUEST = ['object', 'oldObject', 'request', 'namespaceObject', 'authorizer']

/** Types and libraries are names as well. */
const KNOWN = [
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

/** A CEL expression of a webhook or a policy: compiles, names what there is, gives what is wanted. */
export function checkExpression(field: Field, setting: Setting): void {
  const problem = problemOf(field.text, setting)
  if (problem !== undefined) field.invalid(problem)
}

function problemOf(text: string, setting: Setting): string | undefined {
  // Objects made in place (`Object{…}`) are beyond the evaluator.
  if (/[A-Za-z]\s*\{/.test(text)) return undefined
  try {
    const program = compile(text)
    const named = new Names()
    named.walk(program.ast)
    const unknown = named.free.find(name => !setting.names.includes(name) && !KNOWN.includes(name))
    if (unknown !== undefined)
      return `compilation failed: undeclared reference to '${unknown}' (in container '')`
    const variable = named.members.find(name => setting.variables?.includes(name) === false)
    if (variable !== undefined) return `compilation failed: undefined field '${variable}'`
    const { valid, type = '' } = program.check()
    const plain = /^(int|uint|double|string|bool|list|map|bytes)\b/.exec(type)?.[0]
    const wrong = valid && setting.gives !== undefined && plain !== undefined
    return wrong && plain !== setting.gives
      ? `must evaluate to ${setting.gives} but got ${plain}`
      : undefined
  } catch (error) {
    const line = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    return `compilation failed: ${line}`
  }
}

/** The names in an expression; those that a macro binds count as bound everywhere. */
class Names {
  readonly #all = new Set<string>()
  readonly #bound = new Set<string>()
  /** Members of `variables`. */
  readonly members: string[] = []

  get free(): readonly string[] {
    return [...this.#all].filter(name => !this.#bound.has(name))
  }

  walk(node: unknown): void {
    if (Array.isArray(node)) return node.forEach(one => this.walk(one))
    if (!isNode(node)) return
    const { op, args } = node
    if (op === 'id' && typeof args === 'string') this.#all.add(args)
    if (!Array.isArray(args)) return
    const [first, second]: readonly unknown[] = args
    if (op === '.' && isVariables(first) && typeof second === 'string') this.members.push(second)
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

function isNode(value: unknown): value is { readonly op: unknown; readonly args: unknown } {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

function isVariables(value: unknown): boolean {
  return isNode(value) && value.op === 'id' && value.args === 'variables'
}
