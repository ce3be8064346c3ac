import type { Node, Scalar } from '../yaml/node.ts'
import { typeOf, valueOf } from '../yaml/value.ts'
import { base64Problem, isDuration, isTime } from './format.ts'
import { issue, type Issues, none } from './issue.ts'
import { quantityProblem, trimQuantity } from './quantity.ts'
import type { Type } from './type.ts'

/** What a node is once it has become JSON on its way to the server. */
export type Form = 'null' | 'bool' | 'int' | 'float' | 'string' | 'map' | 'list'

const INT64 = 2n ** 63n

/** Numbers without a fraction are integers there: `1.0` and `1e3`, too; beyond 64 bits they are floats. */
export function formOf(node: Node): Form {
  if (node.kind !== 'scalar') return node.kind
  if (node.style !== 'plain' && node.tag === undefined) return 'string'
  const type = typeOf(node)
  if (type === 'null' || type === 'bool') return type
  if (type === 'int' || type === 'float') return numberForm(node)
  return 'string'
}

function numberForm(node: Scalar): Form {
  const value = valueOf(node)
  if (typeof value === 'bigint') return value >= -INT64 && value < INT64 ? 'int' : 'float'
  return Number.isInteger(value) && Math.abs(Number(value)) < Number(INT64) ? 'int' : 'float'
}

/** Values are not repeated in messages of this kind: what stands in the wrong place may be secret. */
const spoken: Readonly<Record<Form, string>> = {
  null: 'null',
  bool: 'a boolean',
  int: 'a number',
  float: 'a number',
  string: 'a string',
  map: 'a map',
  list: 'a list',
}

/** A node of a form that typing refuses, in structured-merge-diff's words. */
export function mistyped(node: Node, wanted: string): Issues {
  const form = formOf(node)
  const help =
    wanted === 'string' && (form === 'bool' || form === 'int' || form === 'float')
      ? 'put it in quotes'
      : wanted !== 'string' && form === 'string' && node.kind === 'scalar' && node.style !== 'plain'
        ? 'without quotes it may be one'
        : undefined
  return [issue('wrong-type', `expected ${wanted}, got ${spoken[form]}`, node, help)]
}

const NUMERIC = 'numeric (int or float)'

/** Judges what must be a scalar: typing first, then what Go's decoder makes of the text. */
export function walkScalar(node: Node, type: Type): Issues {
  const form = formOf(node)
  if (form === 'null') return none
  switch (type.shape) {
    case 'string':
      return form === 'string' ? none : mistyped(node, 'string')
    case 'boolean':
      return form === 'bool' ? none : mistyped(node, 'boolean')
    case 'number':
      return form === 'int' || form === 'float' ? none : mistyped(node, NUMERIC)
    case 'integer':
      return walkInteger(node, type, form)
    case 'int-or-string':
      return walkIntOrString(node, type, form)
    case 'bytes':
    case 'duration':
    case 'quantity':
    case 'time':
      return walkText(node, type, form)
    case 'any':
    case 'list':
    case 'map':
    case 'struct':
      break
  }
  return none
}

/** Go's conversion refuses fractions only: what does not fit is cut to size without a word. */
function walkInteger(node: Node, type: Type, form: Form): Issues {
  if (form !== 'int' && form !== 'float') return mistyped(node, NUMERIC)
  if (type.custom) return none
  if (Number.isInteger(Number(valueOf(node)))) return none
  const bits = type.raw['format'] === 'int32' ? 32 : 64
  return [issue('wrong-type', `cannot convert float64 to int${bits}`, node)]
}

function int32(node: Node): Issues {
  const value = Number(valueOf(node))
  if (Math.abs(value) < 2 ** 31 || value === -(2 ** 31)) return none
  const message = `cannot unmarshal number ${value} into Go value of type int32`
  return [issue('wrong-type', message, node)]
}

function walkIntOrString(node: Node, type: Type, form: Form): Issues {
  if (form === 'string') return none
  if (form === 'int') return type.custom ? none : int32(node)
  const message = type.custom
    ? `must be an integer or a string, got ${spoken[form]}`
    : `cannot unmarshal ${spoken[form].replace(/^an? /, '')} into Go value of type int32`
  return [issue('wrong-type', message, node)]
}

/** Texts with a grammar of their own: quantities (numbers do as well), times, durations, base64. */
function walkText(node: Node, type: Type, form: Form): Issues {
  if (node.kind !== 'scalar') return mistyped(node, type.shape === 'quantity' ? 'scalar' : 'string')
  if (type.shape === 'quantity' && (form === 'int' || form === 'float')) return none
  if (form !== 'string') return mistyped(node, 'string')
  const problem = textProblem(node.text, type)
  return problem === undefined
    ? none
    : [{ ...issue('invalid-value', problem, node), undecoded: true }]
}

function textProblem(text: string, type: Type): string | undefined {
  if (type.shape === 'quantity') return quantityProblem(trimQuantity(text) || text)
  if (type.shape === 'bytes') return base64Problem(text)
  if (type.shape === 'duration') return isDuration(text) ? undefined : 'time: invalid duration'
  if (type.name === 'meta.v1.MicroTime' && isTime(text) && !/\.\d{6}(?:Z|[+-])/.test(text))
    return 'not a time with six digits of a second such as 2026-01-31T12:00:00.000000Z'
  return isTime(text) ? undefined : 'not a time such as 2026-01-31T12:00:00Z (RFC 3339)'
}
