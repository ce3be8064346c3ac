import { dnsLabel, subdomain } from './format.ts'
import type { Field } from './field.ts'
import { formatQuantity } from './quantity.ts'
import { amountOf } from './resource.ts'
import { checkSelector } from './selector.ts'

const MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']

/** Access modes of a volume or a claim: known ones, ReadWriteOncePod alone. */
export function checkAccessModes(modes: Field, missing: string): void {
  if (modes.size === 0) modes.required(missing)
  for (const mode of modes.items())
    if (!MODES.includes(mode.text)) modes.near(mode).unsupported(MODES, mode.text)
  const known = modes.texts().filter(mode => MODES.includes(mode))
  if (known.includes('ReadWriteOncePod') && known.some(mode => mode !== 'ReadWriteOncePod'))
    modes.forbidden('may not use ReadWriteOncePod with other access modes')
}

/** The spec of a claim (1.36 core/validation ValidatePersistentVolumeClaimSpec). */
export function checkClaimSpec(spec: Field): void {
  checkAccessModes(spec.get('accessModes'), 'at least 1 access mode is required')
  checkSelector(spec.get('selector'))
  checkStorage(spec)
  spec.get('storageClassName').mayBe(subdomain)
  spec.get('volumeMode').oneOf(['Block', 'Filesystem'])
  checkSources(spec)
  spec.get('volumeAttributesClassName').mayBe(subdomain)
}

/** The spec of a claim of its own, of which some data sources are dropped before they are judged. */
export function checkOwnClaimSpec(spec: Field): void {
  const ref = spec.get('dataSourceRef')
  const dropRef = ref.get('namespace').text !== ''
  const source = spec.get('dataSource')
  const known = ['/PersistentVolumeClaim', 'snapshot.storage.k8s.io/VolumeSnapshot']
  const kind = `${source.get('apiGroup').text}/${source.get('kind').text}`
  const dropSource = (dropRef || !ref.has) && !known.includes(kind)
  const dropped = [...(dropRef ? ['dataSourceRef'] : []), ...(dropSource ? ['dataSource'] : [])]
  checkClaimSpec(spec.without(dropped))
}

function checkSources(spec: Field): void {
  const [source, ref] = [spec.get('dataSource'), spec.get('dataSourceRef')]
  // The server fills in the one that is missing, and judges both.
  if (source.has || ref.has) {
    checkSource(source.has ? source : ref.as('.dataSource'))
    checkSource(ref.has ? ref : source.as('.dataSourceRef'))
    ref.get('namespace').mayBe(dnsLabel)
  }
  checkBothSources(spec)
}

function checkStorage(spec: Field): void {
  const requests = spec.get('resources').get('requests')
  const amount = amountOf(requests.get('storage'))
  const at = spec.get('resources').as('.resources[storage]').near(requests.get('storage'))
  if (!requests.get('storage').isWritten) at.required()
  else if (amount !== undefined && amount.nano <= 0n)
    at.invalid('must be greater than zero', formatQuantity(amount))
}

function checkSource(source: Field): void {
  source.get('name').needsText()
  source.get('kind').needsText()
  const group = source.get('apiGroup')
  const kind = source.get('kind').text
  if (group.text === '' && kind !== 'PersistentVolumeClaim')
    source.invalid("must be 'PersistentVolumeClaim' when referencing the default apiGroup", kind)
  group.mayBe(subdomain)
}

/** The two must agree; where only one is given the server fills in the other. */
function checkBothSources(spec: Field): void {
  const [source, ref] = [spec.get('dataSource'), spec.get('dataSourceRef')]
  if (!source.has || !ref.has) return
  if (ref.get('namespace').text !== '')
    spec.near(source).invalid('may not be specified when dataSourceRef.namespace is specified', '')
  else if (['apiGroup', 'kind', 'name'].some(key => source.get(key).text !== ref.get(key).text))
    spec.near(source).invalid('must match dataSourceRef', '')
}
