import { patternProblem } from '../pattern.ts'
import type { Place } from './place.ts'

type Level = 'root' | 'field' | 'item'

const isIntOrString = (node: Place): boolean => node.get('x-kubernetes-int-or-string').isTrue
const keepsUnknown = (node: Place): boolean =>
  node.get('x-kubernetes-preserve-unknown-fields').isTrue
const isEmbedded = (node: Place): boolean => node.get('x-kubernetes-embedded-resource').isTrue

const missingType: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  field: 'must not be empty for specified object fields',
  item: 'must not be empty for specified array items',
}

/**
 * The invariants of a structural schema (kube-apiserver 1.36 apiextensions-apiserver
 * pkg/apiserver/schema validateStructuralInvariants).
 */
export function checkStructural(node: Place, level: Level = 'root'): void {
  if (node.node?.kind !== 'map') return
  const [items, more] = [node.get('items'), node.get('additionalProperties')]
  if (node.get('type').text === 'array' && items.node?.kind !== 'map')
    items.required('must be specified')
  checkStructural(items, 'item')
  for (const [, property] of node.get('properties').entries()) checkProperty(property)
  if (more.has && level === 'root') more.forbidden('must not be used at the root')
  checkStructural(more, 'field')
  checkExtensions(node)
  checkJunctors(node, isIntOrStringPair(node.get('anyOf')))
  checkType(node, level)
  checkMeta(node, level)
}

/** A property that is null is an empty schema. */
function checkProperty(property: Place): void {
  if (property.has) checkStructural(property, 'field')
  else property.get('type').required(missingType.field)
}

function checkExtensions(node: Place): void {
  if (!isIntOrString(node)) return
  const not = 'must be false if x-kubernetes-int-or-string is true'
  if (keepsUnknown(node))
    node.get('x-kubernetes-preserve-unknown-fields').say(`Invalid value: true: ${not}`)
  if (isEmbedded(node))
    node.get('x-kubernetes-embedded-resource').say(`Invalid value: true: ${not}`)
}

function checkType(node: Place, level: Level): void {
  const type = node.get('type')
  const object = 'must be object if x-kubernetes-embedded-resource is true'
  if (isEmbedded(node) && type.text !== 'object') {
    if (type.text === '') type.required(object)
    else type.invalid(object)
  } else if (type.text === '' && !isIntOrString(node) && !keepsUnknown(node))
    type.required(missingType[level])
  if (isEmbedded(node) && node.get('additionalProperties').has)
    node
      .get('additionalProperties')
      .forbidden('must not be used if x-kubernetes-embedded-resource is set')
  if (level === 'root' && type.text !== '' && type.text !== 'object')
    type.invalid('must be object at the root')
}

function checkMeta(node: Place, level: Level): void {
  const properties = node.get('properties')
  const inside = level === 'root' || isEmbedded(node)
  const wanted = { kind: 'string', apiVersion: 'string', metadata: 'object' }
  for (const [name, type] of Object.entries(wanted)) {
    const own = properties.entry(name)
    if (inside && own.has && own.get('type').text !== type)
      own.get('type').invalid(`must be ${type}`)
  }
  if (level === 'root') checkMetadata(properties.entry('metadata'))
  if (isEmbedded(node) && !keepsUnknown(node) && properties.entries().length === 0)
    properties.required(
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields',
    )
}

function checkMetadata(metadata: Place): void {
  const names = metadata
    .get('properties')
    .entries()
    .map(([name]) => name)
  const known = names.every(name => name === 'name' || name === 'generateName')
  const rest = metadata.names.filter(name => !['type', 'properties', 'default'].includes(name))
  if (!known || rest.some(name => metadata.get(name).isFilled))
    metadata.forbidden(
      'must not specify anything other than name and generateName, but metadata is implicitly specified',
    )
}

/** The one `anyOf` that may name types: an integer or a string. */
function isIntOrStringPair(list: Place): boolean {
  const items = list.items()
  return (
    items.length === 2 &&
    items.every((one, i) => {
      const [only, ...more] = one.names.filter(name => saysMore(one.get(name), name))
      return (
        only === 'type' && more.length === 0 && one.get('type').text === ['integer', 'string'][i]
      )
    })
  )
}

/** Whether Go finds a member set: empty lists of branches and plain zero values are not. */
function saysMore(member: Place, name: string): boolean {
  const isList = member.node?.kind === 'list' || member.node?.kind === 'map'
  if (name === 'items') return member.node?.kind === 'map'
  const kept = !isList && /^(?:m(?:ax|in)|multipleOf|default|example|not$)/.test(name)
  const strict = kept || name === 'required' || name === 'x-kubernetes-list-map-keys'
  return strict ? member.has : member.isFilled
}

function checkJunctors(node: Place, skipped: boolean, nested = false): void {
  if (!skipped) for (const one of node.get('anyOf').items()) checkNested(one)
  for (const [i, one] of node.get('allOf').items().entries())
    checkNested(one, i === 0 && !nested && isIntOrStringPair(one.get('anyOf')))
  for (const one of node.get('oneOf').items()) checkNested(one)
  if (node.get('not').has) checkNested(node.get('not'))
  const pattern = node.get('pattern')
  const problem = pattern.text === '' ? undefined : patternProblem(pattern.text)
  if (problem !== undefined)
    pattern.invalid(`must be a valid regular expression, but isn't: ${problem}`)
}

/** What a value validation may not say: it belongs to the structure. */
const structureOnly: readonly (readonly [string, string])[] = [
  ['type', 'empty'],
  ['additionalProperties', 'undefined'],
  ['default', 'undefined'],
  ['title', 'empty'],
  ['description', 'empty'],
  ['nullable', 'false'],
  ['x-kubernetes-preserve-unknown-fields', 'false'],
  ['x-kubernetes-embedded-resource', 'false'],
  ['x-kubernetes-int-or-string', 'false'],
  ['x-kubernetes-list-map-keys', 'empty'],
  ['x-kubernetes-list-type', 'undefined'],
  ['x-kubernetes-map-type', 'undefined'],
  ['x-kubernetes-validations', 'empty'],
]

/** A branch of `allOf`, `anyOf`, `oneOf` or `not`: it may only narrow what the structure says. */
function checkNested(node: Place, skipped = false): void {
  checkJunctors(node, skipped, true)
  if (node.get('items').node?.kind === 'map') checkNested(node.get('items'))
  for (const [, property] of node.get('properties').entries()) checkNested(property)
  for (const [keyword, wanted] of structureOnly) {
    const field = node.get(keyword)
    if (wanted === 'undefined' ? field.has : field.isFilled)
      field.forbidden(`must be ${wanted} to be structural`)
  }
  const metadata = node.get('properties').entry('metadata')
  if (metadata.key !== undefined) metadata.forbidden('must not be specified in a nested context')
}

/** What the root's value validations name must be there (validateStructuralCompleteness). */
export function checkComplete(root: Place): void {
  for (const branch of branches(root)) checkDefined(branch, root)
}

function branches(node: Place): readonly Place[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap(name => node.get(name).items())
  return node.get('not').has ? [node.get('not'), ...lists] : lists
}

function checkDefined(validation: Place, structure: Place): void {
  const because = (place: Place) => `because it is defined in ${place.path.slice(1)}`
  for (const branch of branches(validation)) checkDefined(branch, structure)
  const items = validation.get('items')
  if (items.node?.kind === 'map') {
    if (structure.get('items').has) checkDefined(items, structure.get('items'))
    else structure.get('items').required(because(items))
  }
  for (const [name, property] of validation.get('properties').entries()) {
    const own = structure.get('properties').entry(name)
    if (own.key === undefined) own.required(because(property))
    else checkDefined(property, own)
  }
}
