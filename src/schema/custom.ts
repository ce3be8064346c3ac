import type { Node } from '../yaml/node.ts'
import { walkEnum, walkNumber, walkSize, walkString, written } from './bounds.ts'
import { readText } from './bundle.ts'
import { walkCombined } from './combine.ts'
import { HERE, issue, type Issue, type Issues, none } from './issue.ts'
import { type Form, formOf } from './scalar.ts'
import type { Type } from './type.ts'
import { unsupported } from './words.ts'

/**
 * What a CRD's schema says of a value that typing has let through (kube-openapi
 * pkg/validation/validate): null, whole numbers, enums, patterns, formats, bounds, combinations.
 */
export function walkCustom(node: Node, type: Type): Issues {
  const form = formOf(node)
  if (form === 'null') return walkNull(node, type)
  const { raw } = type
  if (type.shape === 'integer' && form === 'float') return wrongType('integer', node, form)
  const found: Issue[] = []
  if (type.enum !== undefined) found.push(...walkEnum(node, type.enum))
  if (form === 'string') found.push(...walkString(node, raw))
  if (form === 'int' || form === 'float') found.push(...walkNumber(node, raw))
  if (node.kind !== 'scalar') found.push(...walkSize(node, raw))
  found.push(...walkCombined(node, raw))
  return found.length === 0 ? none : found
}

function walkNull(node: Node, type: Type): Issues {
  if (type.nullable || type.shape === 'any') return none
  const wanted = readText(type.raw, 'type')
  if (wanted === '') return none
  const found = wrongType(wanted, node, 'null')
  return type.enum === undefined || type.enum.includes(null)
    ? found
    : [...found, issue('invalid-value', unsupported(null, type.enum), node)]
}

function wrongType(wanted: string, node: Node, form: Form): Issues {
  const got = JSON.stringify(written[form])
  const detail = `Invalid value: ${got}: ${HERE} in body must be of type ${wanted}: ${got}`
  return [issue('wrong-type', detail, node)]
}
