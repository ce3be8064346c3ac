import { decodes } from './decode.ts'
import { checkDefaults } from './default.ts'
import { checkOpenApi } from './openapi.ts'
import type { Place } from './place.ts'
import { checkComplete, checkStructural } from './structural.ts'

/** What the root of a schema may say when status is a resource of its own. */
const ROOT = [
  'description',
  'type',
  'format',
  'title',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'multipleOf',
  'required',
  'items',
  'properties',
  'externalDocs',
  'example',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
]

/**
 * The schema of a version, stage by stage: structure, defaults, the rest, and expressions where all
 * before was sound (kube-apiserver 1.36 apiextensions-apiserver pkg/apis/apiextensions/validation
 * validateCustomResourceDefinitionValidation).
 */
export function checkSchema(root: Place, status: boolean): void {
  if (!decodes(root)) return
  const before = root.count
  if (status) checkRoot(root)
  if (root.get('nullable').isTrue)
    root.get('nullable').forbidden('nullable cannot be true at the root')
  const started = root.count
  checkStructural(root)
  checkComplete(root)
  if (root.count === started) checkDefaults(root)
  checkOpenApi(root, root.count === before)
}

function checkRoot(root: Place): void {
  const other = root.names.find(
    name => !ROOT.includes(name) && root.get(name).has && !isPlainZero(root.get(name)),
  )
  if (other !== undefined)
    root.say(
      `Invalid value: only ${ROOT.join(' ')} fields are allowed at the root of the schema if the status subresource is enabled`,
    )
}

/** A zero that Go cannot tell from nothing. */
function isPlainZero(place: Place): boolean {
  return place.node?.kind === 'scalar' && !place.isFilled
}
