import type { Place } from './place.ts'
import { checkSchema } from './structure.ts'

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string']
const COLUMN_FORMATS = [
  'byte',
  'date',
  'date-time',
  'double',
  'float',
  'int32',
  'int64',
  'password',
]

/**
 * One version of a CRD. Where there is but one, the server's internal form holds its schema, columns
 * and subresources at `spec` itself: `top` is the path they are named under.
 */
export function checkVersion(version: Place, top: string): void {
  const warning = version.get('deprecationWarning')
  if (warning.has && !version.get('deprecated').isTrue)
    warning.invalid('can only be set for deprecated versions')
  if (warning.has && warning.text === '')
    warning.invalid('must not be empty, omit this field to use the default')
  const schema = version.get('schema').get('openAPIV3Schema')
  const path = top === '.spec' ? '.spec.validation.openAPIV3Schema' : schema.path
  if (schema.has) checkSchema(schema.as(path))
  else schema.as(path).required('schemas are required')
  checkColumns(version.get('additionalPrinterColumns'), top)
  checkScale(version.get('subresources').get('scale'), `${top}.subresources.scale`)
  checkSelectable(version, schema, top)
}

function checkColumns(columns: Place, top: string): void {
  for (const [i, column] of columns.items().entries()) {
    const path = `${top}.additionalPrinterColumns[${i}]`
    const type = column.get('type').as(`${path}.type`)
    if (type.text !== '' && !COLUMN_TYPES.includes(type.text))
      type.invalid(`must be one of ${COLUMN_TYPES.join(',')}`)
    const format = column.get('format').as(`${path}.format`)
    if (format.text !== '' && !COLUMN_FORMATS.includes(format.text))
      format.invalid(`must be one of ${COLUMN_FORMATS.join(',')}`)
    const json = column.get('jsonPath').as(`${path}.JSONPath`)
    if (json.text !== '' && !json.text.startsWith('.') && !json.text.startsWith('{'))
      json.invalid('must be a simple json path starting with .')
  }
}

function checkScale(scale: Place, path: string): void {
  if (!scale.has) return
  simplePath(scale.get('specReplicasPath').as(`${path}.specReplicasPath`), '.spec')
  simplePath(scale.get('statusReplicasPath').as(`${path}.statusReplicasPath`), '.status')
  const selector = scale.get('labelSelectorPath').as(`${path}.labelSelectorPath`)
  if (selector.text !== '') simplePath(selector, '.status', '.spec')
}

function simplePath(place: Place, ...roots: readonly string[]): void {
  if (place.text === '') return
  if (!place.text.startsWith('.')) place.invalid('must be a simple json path starting with .')
  else if (
    !/^(?:\.[A-Za-z_][\w-]*)+$/.test(place.text) ||
    !roots.some(root => place.text.startsWith(`${root}.`))
  )
    place.invalid(`should be a json path under ${roots.join(' or ')}`)
}

const MOST_SELECTABLE = 8

/** Fields to select by must be scalars of the schema. */
function checkSelectable(version: Place, schema: Place, top: string): void {
  const fields = version.get('selectableFields')
  const seen = new Set<string>()
  for (const [i, field] of fields.items().entries()) {
    const json = field.get('jsonPath').as(`${top}.selectableFields[${i}].jsonPath`)
    if (json.text === '') continue
    if (!pointsAtScalar(schema, json.text))
      json.invalid('is an invalid path: does not refer to a valid field')
    if (seen.has(json.text)) json.say(`Duplicate value: ${JSON.stringify(json.text)}`)
    seen.add(json.text)
  }
  const count = fields.items().length
  if (count > MOST_SELECTABLE)
    fields.say(`Too many: ${count}: must have at most ${MOST_SELECTABLE} items`)
}

function pointsAtScalar(schema: Place, path: string): boolean {
  if (!/^(?:\.[A-Za-z_][\w-]*)+$/.test(path)) return false
  const end = path
    .slice(1)
    .split('.')
    .reduce((place, name) => place.get('properties').get(name), schema)
  return ['string', 'boolean', 'integer'].includes(end.get('type').text)
}

/** `None`, or a webhook with its versions and its address. */
export function checkConversion(conversion: Place): void {
  const strategy = conversion.get('strategy')
  strategy.oneOf(['None', 'Webhook'])
  const webhook = conversion.get('webhook')
  const client = webhook.get('clientConfig').as(`${conversion.path}.webhookClientConfig`)
  const versions = webhook
    .get('conversionReviewVersions')
    .as(`${conversion.path}.conversionReviewVersions`)
  if (strategy.text === 'Webhook') {
    if (!client.has) client.required('required when strategy is set to Webhook')
    if (versions.items().length === 0) versions.required()
    else if (!versions.items().some(one => one.text === 'v1' || one.text === 'v1beta1'))
      versions.invalid('must include at least one of v1, v1beta1')
    checkClient(client)
  } else if (strategy.text === 'None' && webhook.has) {
    if (client.has) client.forbidden('should not be set when strategy is not set to Webhook')
    if (versions.items().length > 0)
      versions.forbidden('should not be set when strategy is not set to Webhook')
  }
}

function checkClient(client: Place): void {
  if (!client.has) return
  const [url, service] = [client.get('url'), client.get('service')]
  if (url.has === service.has) client.required('exactly one of url or service is required')
  if (url.has && !url.text.startsWith('https://'))
    url.invalid(`'https' is the only allowed URL scheme`)
}
