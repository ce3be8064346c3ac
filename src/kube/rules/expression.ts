import { compile } from '../../schema/cel/environment.ts'
import { LIBRARIES, Names } from '../../schema/cel/names.ts'
import type { Field } from './field.ts'

/** What an expression may name, and what it must give. */
export interface Setting {
  readonly names: readonly string[]
  /** Names behind `variables.`, where there are any. */
  readonly variables?: readonly string[]
  /** `object`: nothing that an expression without made objects gives. */
  readonly gives?: 'bool' | 'list' | 'object' | 'string'
}

/** What every expression of admission sees. */
export const REQUEST = ['object', 'oldObject', 'request', 'namespaceObject', 'authorizer']

/** Names whose members have no type: alone they are no answer. */
const UNTYPED = ['object', 'oldObject', 'params']

function isOp(node: unknown, op: string): boolean {
  return typeof node === 'object' && node !== null && 'op' in node && node.op === op
}

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
    const unknown = named.free.find(
      name => !setting.names.includes(name) && !LIBRARIES.includes(name),
    )
    if (unknown !== undefined)
      return `compilation failed: undeclared reference to '${unknown}' (in container '')`
    const variable = named.members.find(name => setting.variables?.includes(name) === false)
    if (variable !== undefined) return `compilation failed: undefined field '${variable}'`
    const { valid, type = '' } = program.check()
    const [root = ''] = named.chains[0] ?? []
    if (setting.gives !== undefined && isOp(program.ast, '.') && UNTYPED.includes(root))
      return `must evaluate to ${setting.gives} but got dyn`
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
