import { compile } from '../cel/environment.ts'
import type { Place } from './place.ts'

const REASONS = [
  'FieldValueRequired',
  'FieldValueForbidden',
  'FieldValueInvalid',
  'FieldValueDuplicate',
]

/** The CEL rules of a schema node: there, compiling, with messages of one line. */
export function checkRules(node: Place): void {
  const rules = node.get('x-kubernetes-validations')
  for (const rule of rules.items()) {
    const text = rule.get('rule')
    if (text.text.trim() === '') text.required('rule is not specified')
    else checkExpression(text, 'bool')
    const message = rule.get('message')
    if (message.has && message.text.trim() === '')
      message.invalid('message must be non-empty if specified')
    if (/[\r\n]/.test(message.text.trim())) message.invalid('message must not contain line breaks')
    if (!message.has && /[\r\n]/.test(text.text.trim()) && !rule.get('messageExpression').has)
      message.required('message must be specified if rule contains line breaks')
    const expression = rule.get('messageExpression')
    if (expression.has && expression.text.trim() === '')
      expression.required('messageExpression must be non-empty if specified')
    else if (expression.text !== '') checkExpression(expression, 'string')
    rule.get('reason').oneOf(REASONS)
  }
}

/** Whether an expression is CEL, names only `self` and `oldSelf`, and gives what is wanted. */
function checkExpression(place: Place, wanted: 'bool' | 'string'): void {
  const problem = expressionProblem(place.text, wanted)
  if (problem !== undefined) place.invalid(problem)
}

function expressionProblem(text: string, wanted: string): string | undefined {
  try {
    const result = compile(text).check()
    const { type } = result
    if (
      result.valid &&
      type !== undefined &&
      /^(?:int|uint|double|string|bool|list|map|bytes)\b/.test(type) &&
      type !== wanted
    )
      return `cel expression must evaluate to a ${wanted}`
    return undefined
  } catch (error) {
    const line = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    return `compilation failed: ${line}`
  }
}
