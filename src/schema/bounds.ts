import type { Node } from '../yaml/node.ts'
import { valueOf } from '../yaml/value.ts'
import { type Raw, readText } from './bundle.ts'
import { formatProblem } from './formats.ts'
import { HERE, issue, type Issue, type Issues, none } from './issue.ts'
import { matches } from './pattern.ts'
import type { Form } from './scalar.ts'
import { helpFor, plainNumber, shown, unsupported } from './words.ts'

export const written: Readonly<Record<Form, string>> = {
  null: 'null',
  bool: 'boolean',
  int: 'integer',
  float: 'number',
  string: 'string',
  map: 'object',
  list: 'array',
}

/** A complaint about a value, in the words of field.Invalid. */
function invalid(node: Node, detail: string): Issue {
  return issue('invalid-value', `Invalid value: ${shown(node)}: ${detail}`, node)
}

export function walkEnum(node: Node, values: readonly unknown[]): Issues {
  const value = valueOf(node)
  const text = JSON.stringify(value, plainNumber)
  if (values.some(one => JSON.stringify(one) === text)) return none
  const near = typeof value === 'string' ? helpFor(value, values) : undefined
  return [issue('invalid-value', unsupported(value, values), node, near)]
}

export function walkString(node: Node, raw: Raw): Issues {
  if (node.kind !== 'scalar') return none
  const found: Issue[] = []
  const { minLength, maxLength, pattern } = raw
  const length = Array.from(node.text).length
  if (typeof maxLength === 'number' && length > maxLength)
    found.push(issue('invalid-value', `Too long: may not be more than ${maxLength} bytes`, node))
  if (typeof minLength === 'number' && length < minLength)
    found.push(invalid(node, `${HERE} in body should be at least ${minLength} chars long`))
  if (typeof pattern === 'string' && !matches(pattern, node.text))
    found.push(invalid(node, `${HERE} in body should match '${pattern}'`))
  const format = readText(raw, 'format')
  const problem = format === '' ? undefined : formatProblem(format, node.text)
  if (problem !== undefined)
    found.push(invalid(node, `${HERE} in body must be of type ${format}: ${shown(node)}`))
  return found
}

export function walkNumber(node: Node, raw: Raw): Issues {
  const found: Issue[] = []
  const value = Number(valueOf(node))
  const { minimum, maximum, multipleOf } = raw
  const below = raw['exclusiveMinimum'] === true
  const above = raw['exclusiveMaximum'] === true
  if (typeof minimum === 'number' && (value < minimum || (below && value === minimum)))
    found.push(
      invalid(
        node,
        `${HERE} in body should be greater than ${below ? '' : 'or equal to '}${minimum}`,
      ),
    )
  if (typeof maximum === 'number' && (value > maximum || (above && value === maximum)))
    found.push(
      invalid(node, `${HERE} in body should be less than ${above ? '' : 'or equal to '}${maximum}`),
    )
  if (typeof multipleOf === 'number' && multipleOf <= 0)
    found.push(
      invalid(node, `factor MultipleOf declared for ${HERE} must be positive: ${multipleOf}`),
    )
  else if (typeof multipleOf === 'number' && !isWhole(value / multipleOf))
    found.push(invalid(node, `${HERE} in body should be a multiple of ${multipleOf}`))
  if (raw['format'] === 'int32')
    for (const [what, bound] of [
      ['Checked', value],
      ['Minimum boundary', minimum],
      ['Maximum boundary', maximum],
      ['MultipleOf', multipleOf],
    ] as const)
      if (typeof bound === 'number' && (bound < -(2 ** 31) || bound >= 2 ** 31 || bound % 1 !== 0))
        found.push(
          invalid(node, `${what} value must be of type integer with format int32 in ${HERE}`),
        )
  return found
}

/** A quotient that is whole as near as matters (go-openapi/swag IsFloat64AJSONInteger). */
function isWhole(quotient: number): boolean {
  const whole = Math.trunc(quotient)
  if (whole === quotient) return true
  const size = Math.abs(quotient) + Math.abs(whole)
  return whole !== 0 && Math.abs(quotient - whole) / size < 1e-9
}

export function walkSize(node: Node, raw: Raw): Issues {
  const isList = node.kind === 'list'
  const size = node.kind === 'list' ? node.items.length : node.kind === 'map' ? node.size : 0
  const least = raw[isList ? 'minItems' : 'minProperties']
  const most = raw[isList ? 'maxItems' : 'maxProperties']
  const found: Issue[] = []
  if (typeof most === 'number' && size > most)
    found.push(issue('invalid-value', `Too many: ${size}: must have at most ${most} items`, node))
  if (typeof least === 'number' && size < least) {
    const unit = isList ? 'items' : 'properties'
    const detail = `Invalid value: ${size}: ${HERE} in body should have at least ${least} ${unit}`
    found.push(issue('invalid-value', detail, node))
  }
  if (raw['uniqueItems'] === true && node.kind === 'list' && hasTwins(node.items))
    found.push(issue('duplicate-item', `${HERE} in body shouldn't contain duplicates`, node))
  return found
}

function hasTwins(items: readonly Node[]): boolean {
  const texts = items.map(item => JSON.stringify(valueOf(item), plainNumber))
  return new Set(texts).size < texts.length
}
