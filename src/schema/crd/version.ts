import { valueOf } from '../../yaml/value.ts'
import { plainNumber } from '../words.ts'
import { isLabel, LABEL_TEXT } from './label.ts'
import type { Place } from './place.ts'
import { targetOf } from './rules.ts'
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

/** Parts of versions: where all versions agree, the server's internal form has them at `spec`. */
export interface Shared {
  readonly schema: boolean
  readonly columns: boolean
  readonly subresources: boolean
  readonly selectable: boolean
}

function same(versions: readonly Place[], name: string): boolean {
  const texts = versions.map(version => {
    const { node } = version.get(name)
    return node === undefined ? '' : JSON.stringify(valueOf(node), plainNumber)
  })
  return new Set(texts).size === 1
}

/** What the versions of a CRD have in common. */
export function sharedBy(versions: readonly Place[]): Shared {
  return {
    schema: same(versions, 'schema'),
    columns: same(versions, 'additionalPrinterColumns'),
    subresources: same(versions, 'subresources'),
    selectable: same(versions, 'selectableFields'),
  }
}

/** One version of a CRD; `first` also answers for what all versions share. */
export function checkVersion(
  version: Place,
  shared: Shared,
  first: boolean,
  status: boolean,
): void {
  checkWarning(version)
  const schema = version.get('schema').get('openAPIV3Schema')
  const path = shared.schema ? '.spec.validation.openAPIV3Schema' : schema.path
  if (!schema.has) schema.required()
  else if (first || !shared.schema) checkSchema(schema.as(path), status)
  const at = (is: boolean) => (is ? '.spec' : version.path)
  if (first || !shared.columns)
    checkColumns(version.get('additionalPrinterColumns'), at(shared.columns))
  if (first || !shared.subresources)
    checkScale(
      version.get('subresources').get('scale'),
      `${at(shared.subresources)}.subresources.scale`,
    )
  if (first || !shared.selectable) checkSelectable(version, schema, at(shared.selectable))
}

function checkWarning(version: Place): void {
  const warning = version.get('deprecationWarning')
  if (!warning.has) return
  if (!version.get('deprecated').isTrue)
    return warning.invalid('can only be set for deprecated versions')
  if (Buffer.byteLength(warning.text) > 256) warning.invalid('must be <= 256 characters long')
  if (warning.text === '') warning.invalid('must not be an empty string')
  const bad = warning.text.search(/[^ \p{L}\p{M}\p{N}\p{P}\p{S}]/u)
  if (bad !== -1)
    warning.invalid(
      `must only contain printable UTF-8 characters; non-printable character found at index ${bad}`,
    )
}

function checkColumns(columns: Place, top: string): void {
  for (const [i, column] of columns.items().entries()) {
    const path = `${top}.additionalPrinterColumns[${i}]`
    const name = column.get('name').as(`${path}.name`)
    if (name.text === '') name.required()
    const type = column.get('type').as(`${path}.type`)
    const one = `must be one of ${COLUMN_TYPES.join(',')}`
    if (type.text === '') type.required(one)
    else if (!COLUMN_TYPES.includes(type.text)) type.invalid(one)
    const format = column.get('format').as(`${path}.format`)
    if (format.text !== '' && !COLUMN_FORMATS.includes(format.text))
      format.invalid(`must be one of ${COLUMN_FORMATS.join(',')}`)
    const json = column.get('jsonPath').as(`${path}.JSONPath`)
    if (json.text === '') json.required()
    else if (!json.text.startsWith('.')) json.invalid('must be a simple json path starting with .')
  }
}

function checkScale(scale: Place, path: string): void {
  if (!scale.has) return
  const [spec, status] = [scale.get('specReplicasPath'), scale.get('statusReplicasPath')]
  replicasPath(spec.as(`${path}.specReplicasPath`), 'under .spec', ['.spec.'])
  replicasPath(status.as(`${path}.statusReplicasPath`), 'under .status', ['.status.'])
  const selector = scale.get('labelSelectorPath').as(`${path}.labelSelectorPath`)
  if (selector.text !== '')
    replicasPath(selector, 'under either .spec or .status', ['.spec.', '.status.'])
}

function replicasPath(place: Place, where: string, roots: readonly string[]): void {
  if (place.text === '') place.required()
  else if (!place.text.startsWith('.')) place.invalid('must be a simple json path starting with .')
  else if (!roots.some(root => place.text.startsWith(root)))
    place.invalid(`should be a json path ${where}`)
}

const MOST_SELECTABLE = 8

/** Fields to select by must be scalars of the schema. */
function checkSelectable(version: Place, schema: Place, top: string): void {
  const fields = version.get('selectableFields')
  const seen = new Set<string>()
  for (const [i, field] of fields.items().entries()) {
    const json = field.get('jsonPath').as(`${top}.selectableFields[${i}].jsonPath`)
    if (json.text === '') {
      json.required()
      continue
    }
    const target = targetOf(schema, json.text, false)
    if (target === undefined) json.invalid('is an invalid path: does not refer to a valid field')
    else if (!['string', 'boolean', 'integer'].includes(target.get('type').text))
      json.invalid(
        'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
      )
    if (json.text.startsWith('.metadata')) json.invalid('must not point to fields in metadata')
    if (seen.has(json.text)) json.say(`Duplicate value: ${JSON.stringify(json.text)}`)
    seen.add(json.text)
  }
  const count = fields.items().length
  if (count > MOST_SELECTABLE)
    fields.say(`Too many: ${count}: must have at most ${MOST_SELECTABLE} items`)
}

/** `None`, or a webhook with its versions and its address. */
export function checkConversion(conversion: Place): void {
  if (!conversion.has) return
  const strategy = conversion.get('strategy')
  if (strategy.text === '') strategy.required()
  else strategy.oneOf(['None', 'Webhook'])
  const webhook = conversion.get('webhook')
  const client = webhook.get('clientConfig').as(`${conversion.path}.webhookClientConfig`)
  const versions = webhook
    .get('conversionReviewVersions')
    .as(`${conversion.path}.conversionReviewVersions`)
  if (strategy.text === 'Webhook') {
    if (!client.has) client.required('required when strategy is set to Webhook')
    checkReviews(versions)
    return
  }
  const only = 'should not be set when strategy is not set to Webhook'
  if (client.has) client.forbidden(only)
  if (versions.items().length > 0) versions.forbidden(only)
}

function checkReviews(versions: Place): void {
  const items = versions.items()
  if (items.length === 0) return versions.required()
  const seen = new Set<string>()
  for (const one of items) {
    if (seen.has(one.text)) one.invalid('duplicate version')
    else if (!isLabel(one.text)) one.invalid(LABEL_TEXT)
    seen.add(one.text)
  }
  if (!items.some(one => one.text === 'v1' || one.text === 'v1beta1'))
    versions.invalid('must include at least one of v1, v1beta1')
}
