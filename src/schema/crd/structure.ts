import { valueOf } from '../../yaml/value.ts'
import { isRecord } from '../bundle.ts'
import { fits } from '../combine.ts'
import { patternProblem } from '../pattern.ts'
import type { Place } from './place.ts'
import { checkRules } from './rules.ts'

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string']

/** Keywords of JSON Schema that no CRD may use. */
const forbidden: Readonly<Record<string, string>> = {
  $ref: '$ref is not supported',
  definitions: 'definitions is not supported',
  dependencies: 'dependencies is not supported',
  patternProperties: 'patternProperties is not supported',
  additionalItems: 'additionalItems is not supported',
  id: 'id is not supported',
}

/** What a value validation (`anyOf` and its like) may not say: it belongs to the structure. */
const structureOnly = [
  'type',
  'default',
  'title',
  'description',
  'nullable',
  'additionalProperties',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
]

/** A schema deeper than this is nobody's. */
const DEEPEST = 100

/** The schema of a version: structural, and valid by itself (apiextensions-apiserver pkg/apiserver/schema). */
export function checkSchema(root: Place): void {
  const type = root.get('type')
  if (type.text === '') type.required('must not be empty at the root')
  else if (type.text !== 'object') type.invalid('must be object at the root')
  checkNode(root, 0)
  const metadata = root.get('properties').get('metadata')
  checkMetadata(metadata)
}

function checkMetadata(metadata: Place): void {
  for (const [name, place] of metadata.get('properties').entries())
    if (name !== 'name' && name !== 'generateName')
      place.forbidden(
        'must not specify anything other than name and generateName, but metadata is implicitly specified',
      )
}

function checkNode(node: Place, depth: number): void {
  if (depth > DEEPEST || node.node?.kind !== 'map') return
  checkKeywords(node)
  checkType(node, depth)
  checkExtensions(node)
  checkRules(node)
  checkDefault(node)
  const under = (name: string): Place => node.get(name)
  for (const [, property] of under('properties').entries()) checkNode(property, depth + 1)
  if (under('items').node?.kind === 'map') checkNode(under('items'), depth + 1)
  if (under('additionalProperties').node?.kind === 'map')
    checkNode(under('additionalProperties'), depth + 1)
  for (const junctor of ['allOf', 'anyOf', 'oneOf'])
    for (const item of under(junctor).items()) checkValueSchema(item, depth + 1, node)
  if (under('not').has) checkValueSchema(under('not'), depth + 1, node)
}

/** A default must be valid by its own schema; of objects and lists that depends on defaults inside. */
function checkDefault(node: Place): void {
  const place = node.get('default')
  if (place.node?.kind !== 'scalar' || node.node === undefined) return
  const raw: unknown = valueOf(node.node)
  if (isRecord(raw) && !fits(place.node, raw)) place.invalid('must be valid by its own schema')
}

function checkKeywords(node: Place): void {
  for (const [keyword, text] of Object.entries(forbidden))
    if (node.get(keyword).has) node.get(keyword).forbidden(text)
  if (node.get('uniqueItems').isTrue)
    node
      .get('uniqueItems')
      .forbidden('uniqueItems cannot be set to true since the runtime complexity becomes quadratic')
  if (node.get('additionalProperties').isFalse)
    node.get('additionalProperties').forbidden('additionalProperties cannot be set to false')
  if (node.get('properties').has && node.get('additionalProperties').has)
    node
      .get('additionalProperties')
      .forbidden('additionalProperties and properties are mutual exclusive')
  const pattern = node.get('pattern')
  const problem = pattern.text === '' ? undefined : patternProblem(pattern.text)
  if (problem !== undefined)
    pattern.invalid(`must be a valid regular expression, but isn't: ${problem}`)
  if (
    node.get('nullable').isTrue &&
    node.get('type').text === '' &&
    !isIntOrString(node) &&
    !keepsUnknown(node)
  )
    node.get('nullable').forbidden('nullable requires a type')
}

const isIntOrString = (node: Place): boolean => node.get('x-kubernetes-int-or-string').isTrue
const keepsUnknown = (node: Place): boolean =>
  node.get('x-kubernetes-preserve-unknown-fields').isTrue

function checkType(node: Place, depth: number): void {
  const type = node.get('type')
  if (type.text === '' && depth > 0 && !isIntOrString(node) && !keepsUnknown(node))
    type.required('must not be empty for specified object fields')
  if (type.text === 'null')
    type.forbidden('type cannot be set to null, use nullable as an alternative')
  else if (type.text !== '') type.oneOf(TYPES)
  if (type.text !== '' && isIntOrString(node))
    type.forbidden('must be empty if x-kubernetes-int-or-string is true')
  const items = node.get('items')
  if (items.node?.kind === 'list') items.forbidden('items must be a schema object and not an array')
  else if (type.text === 'array' && !items.has) items.required('must be specified')
}

function checkExtensions(node: Place): void {
  if (node.get('x-kubernetes-preserve-unknown-fields').isFalse)
    node
      .get('x-kubernetes-preserve-unknown-fields')
      .say('Invalid value: false: must be true or undefined')
  const embedded = node.get('x-kubernetes-embedded-resource')
  if (embedded.isTrue && node.get('type').text !== 'object')
    node.get('type').invalid('must be object if x-kubernetes-embedded-resource is true')
  if (embedded.isTrue && !keepsUnknown(node) && node.get('properties').entries().length === 0)
    node
      .get('properties')
      .required(
        'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields',
      )
  const map = node.get('x-kubernetes-map-type')
  map.oneOf(['granular', 'atomic'])
  if (map.has && node.get('type').text !== 'object')
    node.get('type').invalid('must be object if x-kubernetes-map-type is specified')
  checkListType(node)
}

function checkListType(node: Place): void {
  const list = node.get('x-kubernetes-list-type')
  const keys = node.get('x-kubernetes-list-map-keys')
  list.oneOf(['atomic', 'map', 'set'])
  if (list.has && node.get('type').text !== 'array')
    node.get('type').invalid('must be array if x-kubernetes-list-type is specified')
  if (keys.items().length > 0 && list.text !== 'map')
    keys.forbidden("must be empty if x-kubernetes-list-type isn't map")
  if (list.text === 'map') checkListKeys(node, keys)
  const inner = node.get('items')
  const isNested =
    inner.get('type').text === 'object' && inner.get('x-kubernetes-map-type').text !== 'atomic'
  if (list.text === 'set' && isNested)
    list.invalid('items where x-kubernetes-list-type is set must be of primitive types or atomic')
}

function checkListKeys(node: Place, keys: Place): void {
  if (keys.items().length === 0) keys.required('must not be empty if x-kubernetes-list-type is map')
  const items = node.get('items')
  if (items.has && items.get('type').text !== 'object')
    items.get('type').invalid("must be object if parent array's x-kubernetes-list-type is map")
  const required = new Set(
    items
      .get('required')
      .items()
      .map(item => item.text),
  )
  for (const key of keys.items()) {
    const property = items.get('properties').get(key.text)
    if (!property.has) key.invalid('entries must all be names of item properties')
    else if (!required.has(key.text) && !property.get('default').has)
      property
        .get('default')
        .required(
          'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
        )
  }
}

/** A branch of `allOf`, `anyOf`, `oneOf` or `not`: it may only narrow what the structure says. */
function checkValueSchema(node: Place, depth: number, structure: Place): void {
  if (depth > DEEPEST || node.node?.kind !== 'map') return
  const lax = isIntOrString(structure)
  for (const keyword of structureOnly)
    if (node.get(keyword).has && !(lax && keyword === 'type'))
      node.get(keyword).forbidden(`must be undefined to be structural`)
  checkKeywords(node)
  for (const [name, property] of node.get('properties').entries()) {
    const own = structure.get('properties').get(name)
    if (!own.has && !structure.get('additionalProperties').has && !keepsUnknown(structure))
      own
        .as(`${structure.path}.properties[${name}]`)
        .required('must not be empty because it is part of a nested value validation')
    checkValueSchema(property, depth + 1, own)
  }
  if (node.get('items').has) checkValueSchema(node.get('items'), depth + 1, structure.get('items'))
  for (const junctor of ['allOf', 'anyOf', 'oneOf'])
    for (const item of node.get(junctor).items()) checkValueSchema(item, depth + 1, structure)
}
