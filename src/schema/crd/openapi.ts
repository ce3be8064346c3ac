import type { Place } from './place.ts'
import { checkRuleTexts, checkRules } from './rules.ts'

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string']

/** Keywords of JSON Schema that no CRD may use, and whether an empty value of theirs is none. */
const forbidden: readonly (readonly [string, boolean])[] = [
  ['$schema', true],
  ['id', true],
  ['additionalItems', false],
  ['patternProperties', true],
  ['definitions', true],
  ['dependencies', false],
  ['$ref', false],
]

/** What a schema inherits from those around it. */
interface Around {
  readonly insideMeta: boolean
  /** Why no default may stand here. */
  readonly noDefault?: string
  /** Above this place old and new values cannot be told to belong together. */
  readonly uncorrelated?: string
  /** Whether the structure is sound, so that expressions are compiled. */
  readonly compiles: boolean
}

/**
 * What a schema says of itself (kube-apiserver 1.36 apiextensions-apiserver
 * pkg/apis/apiextensions/validation ValidateCustomResourceDefinitionOpenAPISchema).
 */
export function checkOpenApi(root: Place, compiles: boolean): void {
  checkNode(root, { insideMeta: false, compiles }, true)
}

function checkNode(node: Place, around: Around, isRoot = false): void {
  if (node.node?.kind !== 'map') return
  const before = node.count
  checkKeywords(node, around)
  checkAdditional(node, around)
  checkProperties(node, around, isRoot)
  const branch = { ...around, compiles: false }
  if (node.get('not').has) checkNode(node.get('not'), branch)
  for (const junctor of ['allOf', 'oneOf', 'anyOf'])
    for (const one of node.get(junctor).items()) checkNode(one, branch)
  checkItems(node, around)
  if (node.get('x-kubernetes-preserve-unknown-fields').isFalse)
    node
      .get('x-kubernetes-preserve-unknown-fields')
      .say('Invalid value: false: must be true or undefined')
  checkMapType(node)
  checkListType(node)
  checkRuleTexts(node)
  if (around.compiles && node.count === before) checkRules(node, around.uncorrelated, isRoot)
}

function checkKeywords(node: Place, around: Around): void {
  const type = node.get('type')
  if (type.text !== '') type.oneOf(TYPES)
  if (around.noDefault !== undefined && node.get('default').has)
    node.get('default').forbidden(`must not be set ${around.noDefault}`)
  for (const [keyword, empty] of forbidden) {
    const field = node.get(keyword)
    if (empty ? field.isFilled : field.has) field.forbidden(`${keyword} is not supported`)
  }
  if (type.text === 'null')
    type.forbidden('type cannot be set to null, use nullable as an alternative')
  const items = node.get('items')
  if (items.items().length > 0) items.forbidden('items must be a schema object and not an array')
  if (around.insideMeta && node.get('x-kubernetes-embedded-resource').isTrue)
    node.get('x-kubernetes-embedded-resource').forbidden('must not be used inside of resource meta')
  if (node.get('uniqueItems').isTrue)
    node
      .get('uniqueItems')
      .forbidden('uniqueItems cannot be set to true since the runtime complexity becomes quadratic')
}

function checkAdditional(node: Place, around: Around): void {
  const more = node.get('additionalProperties')
  if (!more.has) return
  if (node.get('properties').isFilled && !more.isTrue)
    more.forbidden('additionalProperties and properties are mutual exclusive')
  const reason = 'inside additionalProperties applying to object metadata'
  checkNode(more, around.insideMeta ? { ...around, noDefault: reason } : around)
}

function checkProperties(node: Place, around: Around, isRoot: boolean): void {
  const atomic = node.get('x-kubernetes-map-type').text === 'atomic'
  const inner = atomic ? forbidOld(around, node) : around
  const isObject = isRoot || node.get('x-kubernetes-embedded-resource').isTrue
  for (const [name, property] of node.get('properties').entries()) {
    const isMeta = isObject && ['metadata', 'kind', 'apiVersion'].includes(name)
    const meta = isMeta ? { ...inner, insideMeta: true } : inner
    checkNode(property, isMeta && isRoot ? { ...meta, noDefault: `in top-level ${name}` } : meta)
  }
}

function forbidOld(around: Around, node: Place): Around {
  return { ...around, uncorrelated: around.uncorrelated ?? node.path.slice(1) }
}

function checkItems(node: Place, around: Around): void {
  const isMap = node.get('x-kubernetes-list-type').text === 'map'
  checkNode(node.get('items'), isMap ? around : forbidOld(around, node))
}

function mustBe(type: Place, wanted: string, when: string): void {
  if (type.text === '') type.required(`must be ${wanted} if ${when} is specified`)
  else if (type.text !== wanted) type.invalid(`must be ${wanted} if ${when} is specified`)
}

function checkMapType(node: Place): void {
  const map = node.get('x-kubernetes-map-type')
  if (!map.has) return
  mustBe(node.get('type'), 'object', 'x-kubernetes-map-type')
  map.oneOf(['atomic', 'granular'])
}

function checkListType(node: Place): void {
  const [list, keys] = [node.get('x-kubernetes-list-type'), node.get('x-kubernetes-list-map-keys')]
  if (list.has) mustBe(node.get('type'), 'array', 'x-kubernetes-list-type')
  if (list.text === 'set' && node.get('type').text === 'array') checkSet(node.get('items'))
  list.oneOf(['atomic', 'set', 'map'])
  if (keys.items().length > 0 && list.text !== 'map') {
    const text = 'must be map if x-kubernetes-list-map-keys is non-empty'
    if (list.has) list.invalid(text)
    else list.required(text)
  }
  if (list.text === 'map') checkListKeys(node, keys)
  const items = node.get('items')
  if ((list.text === 'set' || list.text === 'map') && items.get('nullable').isTrue)
    items
      .get('nullable')
      .forbidden(`cannot be nullable when x-kubernetes-list-type is ${list.text}`)
}

function checkSet(items: Place): void {
  const text = 'must be atomic as item of a list with x-kubernetes-list-type=set'
  const [list, map] = [items.get('x-kubernetes-list-type'), items.get('x-kubernetes-map-type')]
  if (items.get('type').text === 'array' && list.has && list.text !== 'atomic') list.invalid(text)
  if (items.get('type').text === 'object' && map.text !== 'atomic') map.invalid(text)
}

function checkListKeys(node: Place, keys: Place): void {
  const items = node.get('items')
  if (keys.items().length === 0) keys.required('must not be empty if x-kubernetes-list-type is map')
  if (!items.has) items.required('must have a schema if x-kubernetes-list-type is map')
  else if (items.node?.kind !== 'map')
    items.say('Invalid value: must only have a single schema if x-kubernetes-list-type is map')
  else if (items.get('type').text !== 'object')
    items.get('type').invalid("must be object if parent array's x-kubernetes-list-type is map")
  else checkKeyNames(items, keys)
  const required = new Set(
    items
      .get('required')
      .items()
      .map(one => one.text),
  )
  const because = 'this property is in x-kubernetes-list-map-keys, so it'
  for (const key of keys.items()) {
    const property = items.get('properties').entry(key.text)
    if (property.key === undefined) continue
    if (!required.has(key.text) && !property.get('default').has)
      property.get('default').required(`${because} must have a default or be a required property`)
    if (property.get('nullable').isTrue)
      property.get('nullable').forbidden(`${because} cannot be nullable`)
  }
}

function checkKeyNames(items: Place, keys: Place): void {
  const seen = new Set<string>()
  for (const key of keys.items()) {
    const property = items.get('properties').entry(key.text)
    const type = property.get('type')
    if (property.key === undefined)
      keys.say('Invalid value: entries must all be names of item properties')
    else if (type.text === 'array' || type.text === 'object')
      type.invalid("must be a scalar type if parent array's x-kubernetes-list-type is map")
    if (seen.has(key.text)) keys.say('Invalid value: must not contain duplicate entries')
    seen.add(key.text)
  }
}
