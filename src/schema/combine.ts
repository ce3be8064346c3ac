import type { Node } from '../yaml/node.ts'
import { walkEnum, walkNumber, walkSize, walkString, written } from './bounds.ts'
import { isRecord, type Raw, readList, readText } from './bundle.ts'
import { issue, type Issue, type Issues, none } from './issue.ts'
import { formOf } from './scalar.ts'

/** `allOf`, `anyOf`, `oneOf`, `not`: value validations beside the structure, in the server's words. */
export function walkCombined(node: Node, raw: Raw): Issues {
  const all = readList(raw, 'allOf').filter(isRecord)
  const choices = readList(raw, 'anyOf').filter(isRecord)
  const one = readList(raw, 'oneOf').filter(isRecord)
  const found: Issue[] = []
  if (!all.every(schema => fits(node, schema)))
    found.push(said(node, 'must validate all the schemas (allOf)'))
  if (choices.length > 0 && !choices.some(schema => fits(node, schema)))
    found.push(said(node, 'must validate at least one schema (anyOf)'))
  const fitting = one.filter(schema => fits(node, schema)).length
  if (one.length > 0 && fitting !== 1) {
    const many = fitting === 0 ? 'none' : `${fitting}`
    const tail = `Found ${many} ${fitting === 0 ? 'valid' : 'correct matches'}`
    found.push(said(node, `must validate one and only one schema (oneOf). ${tail}`))
  }
  if (isRecord(raw['not']) && fits(node, raw['not']))
    found.push(said(node, 'must not validate the schema (not)'))
  return found.length === 0 ? none : found
}

function said(node: Node, detail: string): Issue {
  return issue('invalid-value', `Invalid value: ${detail}`, node)
}

/** Whether a value meets the value validations of a schema (`anyOf` and its like). */
export function fits(node: Node, raw: Raw): boolean {
  const form = formOf(node)
  const type = readText(raw, 'type')
  if (type !== '' && form !== 'null' && written[form] !== type)
    if (!(type === 'number' && form === 'int')) return false
  if (
    Array.isArray(raw['enum']) &&
    raw['enum'].length > 0 &&
    walkEnum(node, raw['enum']).length > 0
  )
    return false
  if (form === 'string' && walkString(node, raw).length > 0) return false
  if ((form === 'int' || form === 'float') && walkNumber(node, raw).length > 0) return false
  if (node.kind !== 'scalar' && walkSize(node, raw).length > 0) return false
  return fitsMembers(node, raw) && walkCombined(node, raw).length === 0
}

function fitsMembers(node: Node, raw: Raw): boolean {
  if (node.kind === 'list') {
    const { items } = raw
    return !isRecord(items) || node.items.every(item => fits(item, items))
  }
  if (node.kind !== 'map') return true
  if (readList(raw, 'required').some(name => typeof name === 'string' && !node.has(name)))
    return false
  const { properties, additionalProperties } = raw
  return node.keys.every((key, i) => {
    const value = node.values[i]
    const own = isRecord(properties) ? properties[key.text] : undefined
    const schema = own ?? additionalProperties
    return value === undefined || !isRecord(schema) || fits(value, schema)
  })
}
