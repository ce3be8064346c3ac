import type { Node } from '../../yaml/node.ts'
import { formOf } from '../scalar.ts'
import type { Place } from './place.ts'

const kinds: readonly (readonly [Wanted, readonly string[]])[] = [
  [
    'string',
    ['id', '$schema', '$ref', 'description', 'type', 'format', 'title', 'pattern'].concat(
      'x-kubernetes-list-type',
      'x-kubernetes-map-type',
    ),
  ],
  [
    'bool',
    ['exclusiveMaximum', 'exclusiveMinimum', 'uniqueItems', 'nullable'].concat(
      'x-kubernetes-preserve-unknown-fields',
      'x-kubernetes-embedded-resource',
      'x-kubernetes-int-or-string',
    ),
  ],
  ['int', ['maxLength', 'minLength', 'maxItems', 'minItems', 'maxProperties', 'minProperties']],
  ['number', ['maximum', 'minimum', 'multipleOf']],
  ['strings', ['required', 'x-kubernetes-list-map-keys']],
  ['list', ['enum', 'allOf', 'anyOf', 'oneOf', 'x-kubernetes-validations']],
  [
    'map',
    ['properties', 'patternProperties', 'definitions', 'dependencies', 'not', 'externalDocs'],
  ],
]

type Wanted = 'bool' | 'int' | 'list' | 'map' | 'number' | 'string' | 'strings'

const wantedOf = new Map(kinds.flatMap(([kind, names]) => names.map(name => [name, kind] as const)))

/**
 * The schemas behind `items` and `additionalProperties`: typing takes anything there, Go's decoder does not (kube-apiserver 1.36
 * apiextensions-apiserver pkg/apis/apiextensions/v1 marshal.go). Whether all of it decodes.
 */
export function decodes(node: Place, untyped = false): boolean {
  if (node.node?.kind !== 'map') return true
  const before = node.count
  if (untyped) for (const name of node.names) checkField(node.get(name), wantedOf.get(name))
  for (const name of ['additionalProperties', 'additionalItems']) {
    const more = node.get(name)
    if (more.node !== undefined && more.node.kind !== 'map' && !more.isTrue && !more.isFalse)
      more.say('Invalid value: boolean or JSON schema expected')
    decodes(more, true)
  }
  for (const item of node.get('items').items()) checkSchema(item)
  decodes(node.get('items'), true)
  for (const name of ['allOf', 'anyOf', 'oneOf'])
    for (const one of node.get(name).items()) inner(one, untyped)
  for (const name of ['properties', 'patternProperties', 'definitions'])
    for (const [, one] of node.get(name).entries()) inner(one, untyped)
  inner(node.get('not'), untyped)
  return node.count === before
}

function inner(node: Place, untyped: boolean): void {
  if (untyped) checkSchema(node)
  else decodes(node)
}

function checkSchema(node: Place): void {
  if (node.node !== undefined && node.node.kind !== 'map') wrong(node, 'schema')
  else decodes(node, true)
}

function checkField(field: Place, wanted: Wanted | undefined): void {
  if (field.node === undefined || wanted === undefined) return
  if (!isOf(field.node, wanted)) wrong(field, wanted)
}

function isOf(node: Node, wanted: Wanted): boolean {
  const form = formOf(node)
  if (form === 'null') return true
  if (wanted === 'number') return form === 'int' || form === 'float'
  if (wanted !== 'strings') return form === wanted
  return node.kind === 'list' && node.items.every(item => isOf(item, 'string'))
}

function wrong(place: Place, wanted: string): void {
  place.say(`Invalid value: json: cannot unmarshal into Go struct field of type ${wanted}`)
}
