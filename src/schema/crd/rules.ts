import { compile } from '../cel/environment.ts'
import { LIBRARIES, Names } from '../cel/names.ts'
import type { Place } from './place.ts'

const REASONS = [
  'FieldValueDuplicate',
  'FieldValueForbidden',
  'FieldValueInvalid',
  'FieldValueRequired',
]
const hasBreak = (text: string): boolean => /[\r\n]/.test(text)

/** What the rules of a schema node say about themselves: there, with messages of one line. */
export function checkRuleTexts(node: Place): void {
  for (const rule of node.get('x-kubernetes-validations').items()) {
    const [text, message] = [rule.get('rule'), rule.get('message')]
    const [expression, path] = [rule.get('messageExpression'), rule.get('fieldPath')]
    if (text.text.trim() === '') text.required('rule is not specified')
    else if (message.text !== '' && message.text.trim() === '')
      message.invalid('must be non-empty if specified')
    else if (hasBreak(message.text.trim())) message.invalid('must not contain line breaks')
    else if (hasBreak(text.text.trim()) && message.text.trim() === '')
      message.required('message must be specified if rule contains line breaks')
    if (expression.text !== '' && expression.text.trim() === '')
      expression.required('messageExpression must be non-empty if specified')
    rule.get('reason').oneOf(REASONS)
    if (path.text !== '' && path.text.trim() === '') path.invalid('must be non-empty if specified')
    if (hasBreak(path.text)) path.invalid('must not contain line breaks')
    if (path.text !== '' && targetOf(node, path.text, true) === undefined)
      path.invalid('must be a valid path')
  }
}

/** The schema that a JSON path of names leads to (pkg/apiserver/schema/cel ValidFieldPath). */
export function targetOf(schema: Place, path: string, brackets: boolean): Place | undefined {
  const form = brackets ? /\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/y : /\.([^.[\]]+)/y
  let place: Place | undefined = schema
  for (let at = 0; at < path.length; at = form.lastIndex) {
    form.lastIndex = at
    const step = form.exec(path)
    const name = step?.[1] ?? step?.[2]
    if (name === undefined || place === undefined) return undefined
    const [properties, more]: Place[] = [place.get('properties'), place.get('additionalProperties')]
    if (properties === undefined || more === undefined) return undefined
    if (properties.entries().length === 0) place = more.node?.kind === 'map' ? more : undefined
    else place = properties.entry(name).key === undefined ? undefined : properties.entry(name)
    if (place === undefined) return undefined
  }
  return place
}

/** The expressions of a schema node: they compile, and name what there is. */
export function checkRules(node: Place, uncorrelated: string | undefined, isRoot: boolean): void {
  for (const rule of node.get('x-kubernetes-validations').items()) {
    const [text, message] = [rule.get('rule'), rule.get('messageExpression')]
    checkExpression(text, 'bool', node, isRoot)
    if (message.text !== '') checkExpression(message, 'string', node, isRoot)
    const usesOld = /\boldSelf\b/.test(text.text)
    if (usesOld && uncorrelated !== undefined)
      text.invalid(
        `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelated}`,
      )
    const optional = rule.get('optionalOldSelf')
    if (!usesOld && optional.has)
      optional.say(`Invalid value: ${optional.text}: may not be set if oldSelf is not used in rule`)
  }
}

function checkExpression(place: Place, wanted: string, node: Place, isRoot: boolean): void {
  const problem = expressionProblem(place.text, wanted, node, isRoot)
  if (problem !== undefined) place.invalid(problem)
}

function expressionProblem(
  text: string,
  wanted: string,
  node: Place,
  isRoot: boolean,
): string | undefined {
  try {
    const program = compile(text)
    const names = new Names()
    names.walk(program.ast)
    const known = ['self', 'oldSelf', ...LIBRARIES]
    const unknown = names.free.find(name => !known.includes(name))
    if (unknown !== undefined)
      return `compilation failed: undeclared reference to '${unknown}' (in container '')`
    const field = names.chains
      .filter(([first]) => first === 'self' && names.free.includes('self'))
      .map(([, ...chain]) => undefinedIn(chain, node, isRoot))
      .find(one => one !== undefined)
    if (field !== undefined) return `compilation failed: undefined field '${field}'`
    const { valid, type = '' } = program.check()
    const plain = /^(?:int|uint|double|string|bool|list|map|bytes)\b/.test(type)
    return valid && plain && type !== wanted
      ? `cel expression must evaluate to a ${wanted}`
      : undefined
  } catch (error) {
    const line = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    return `compilation failed: ${line}`
  }
}

/** The first member of a chain that its closed schema does not have. */
function undefinedIn(chain: readonly string[], node: Place, isRoot: boolean): string | undefined {
  const [name, ...rest] = chain
  if (name === undefined || name.includes('__')) return undefined
  const isObject = isRoot || node.get('x-kubernetes-embedded-resource').isTrue
  if (isObject && ['apiVersion', 'kind', 'metadata'].includes(name)) return undefined
  const properties = node.get('properties')
  if (node.get('x-kubernetes-preserve-unknown-fields').isTrue) return undefined
  if (node.get('type').text !== 'object' || !properties.isFilled) return undefined
  const own = properties.entry(name)
  return own.key === undefined ? name : undefinedIn(rest, own, false)
}
