import { checkNodeSelector } from './affinity.ts'
import { checkAccessModes, checkOwnClaimSpec } from './claim.ts'
import { checkDriver, diskChecks, insideOf, type SourceCheck } from './disk.ts'
import type { Field } from './field.ts'
import { bytes, dnsLabel, subdomain } from './format.ts'
import { checkNoBacksteps } from './path.ts'
import { formatQuantity, wholeOf } from './quantity.ts'
import { amountOf } from './resource.ts'

const SECRETS = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
]

function checkCsi(source: Field): void {
  checkDriver(source.get('driver'))
  source.get('volumeHandle').needsText()
  for (const secret of SECRETS.map(name => source.get(name)).filter(one => one.has)) {
    secret.get('name').needs(subdomain)
    secret.get('namespace').needs(dnsLabel)
  }
}

const checks: Readonly<Record<string, SourceCheck>> = {
  ...diskChecks,
  local: source => {
    const path = source.get('path')
    if (path.text === '') path.required()
    else checkNoBacksteps(path)
  },
  csi: checkCsi,
}

const RECLAIM = ['Delete', 'Recycle', 'Retain']

/** A PersistentVolume (1.36 core/validation ValidatePersistentVolumeSpec). */
export function checkPersistentVolume(root: Field): void {
  const spec = root.get('spec')
  checkAccessModes(spec.get('accessModes'), '')
  checkCapacity(spec.get('capacity'))
  const policy = spec.get('persistentVolumeReclaimPolicy')
  if (policy.text !== '') policy.oneOf(RECLAIM)
  const affinity = spec.get('nodeAffinity')
  if (affinity.has) {
    if (affinity.get('required').has) checkNodeSelector(affinity.get('required'))
    else affinity.get('required').required('must specify required node constraints')
  }
  checkSource(spec)
  checkPortal(root.get('metadata').get('name'), spec.get('iscsi'))
  if (spec.get('local').has && !affinity.has)
    affinity.required('Local volume requires node affinity')
  const path = spec.get('hostPath').get('path').text
  if (policy.text === 'Recycle' && path !== '' && isRoot(path))
    policy.forbidden("may not be 'recycle' for a hostPath mount of '/'")
  spec.get('storageClassName').mayBe(subdomain)
  spec.get('volumeMode').oneOf(['Block', 'Filesystem'])
  const attributes = spec.get('volumeAttributesClassName')
  if (!attributes.has || spec.report.minor < 34) return
  if (attributes.text === '') attributes.required('an empty string is disallowed')
  else attributes.must(subdomain)
  if (!spec.get('csi').has)
    spec.get('csi').required('has to be specified when using volumeAttributesClassName')
}

/** What an initiator's name leaves room for. */
function checkPortal(name: Field, source: Field): void {
  const portal = source.get('targetPortal')
  if (source.get('initiatorName').has && bytes(`${name.text}:${portal.text}`) > 64)
    portal
      .as('.targetportal')
      .invalid(
        'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
      )
}

const INLINE = 'in the context of inline volumes'

/** A volume that an attachment brings with it: a bare CSI source. */
export function checkInlineVolume(spec: Field): void {
  const not = `may not be specified ${INLINE}`
  if (spec.get('claimRef').has) spec.get('claimRef').forbidden(not)
  if (spec.get('capacity').size > 0) spec.get('capacity').forbidden(not)
  if (!spec.get('csi').has) spec.get('csi').required(`has to be specified ${INLINE}`)
  checkAccessModes(spec.get('accessModes'), '')
  const policy = spec.get('persistentVolumeReclaimPolicy')
  if (policy.or('Retain') !== 'Retain') policy.forbidden(`may only be Retain ${INLINE}`)
  if (spec.get('nodeAffinity').has) spec.get('nodeAffinity').forbidden(not)
  checkSource(spec)
  if (spec.get('storageClassName').text !== '') spec.get('storageClassName').forbidden(not)
  const mode = spec.get('volumeMode')
  if (mode.has && mode.text !== 'Filesystem')
    mode.forbidden(`may not specify volumeMode other than Filesystem ${INLINE}`)
}

/** Whether a path cleans to `/`. */
function isRoot(path: string): boolean {
  return path.startsWith('/') && path.split('/').every(part => ['', '.', '..'].includes(part))
}

function checkCapacity(capacity: Field): void {
  if (capacity.size === 0) capacity.required()
  if (!capacity.get('storage').has || capacity.size > 1) capacity.unsupported(['storage'])
  for (const [, field] of capacity.entries()) {
    const amount = amountOf(field)
    if (amount === undefined) continue
    if (wholeOf(amount) < 0n) field.invalid('must be a valid resource quantity')
    if (amount.nano <= 0n) field.invalid('must be greater than zero', formatQuantity(amount))
  }
}

function checkSource(spec: Field): void {
  let found = 0
  for (const [name, check] of Object.entries(checks)) {
    const source = spec.get(name)
    if (!source.has) continue
    if (found++ > 0 && name !== 'flexVolume')
      source
        .as(name === 'cephfs' ? '.cephFS' : `.${name}`)
        .forbidden('may not specify more than 1 volume type')
    else check(source.as(insideOf(name)), true)
  }
  if (found === 0) spec.required('must specify a volume type')
}

/** A PersistentVolumeClaim (ValidatePersistentVolumeClaim). */
export function checkPersistentVolumeClaim(root: Field): void {
  checkOwnClaimSpec(root.get('spec'))
}
