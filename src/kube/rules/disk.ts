import type { Field } from './field.ts'
import { dnsLabel, subdomain } from './format.ts'
import { checkNoBacksteps } from './path.ts'

/**
 * Volume sources that pods and persistent volumes share, each of 1.36 core/validation
 * validate…VolumeSource. `owned`: in a persistent volume, where references carry a namespace.
 */
export type SourceCheck = (source: Field, owned: boolean) => void

function needs(...names: readonly string[]): SourceCheck {
  return source => {
    for (const name of names) source.get(name).needsText()
  }
}

const TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]

function checkHostPath(source: Field): void {
  const path = source.get('path')
  if (path.text === '') return path.required()
  checkNoBacksteps(path)
  source.get('type').oneOf(TYPES)
}

function checkPartition(id: string): SourceCheck {
  return source => {
    source.get(id).needsText()
    const partition = source.get('partition')
    const value = partition.orNumber(0)
    if (value < 0 || value > 255)
      partition.invalid(
        'must be greater than or equal to 0 and less than or equal to 255, inclusive',
      )
  }
}

function checkNfs(source: Field): void {
  source.get('server').needsText()
  const path = source.get('path')
  path.needsText()
  if (!path.text.startsWith('/')) path.invalid('must be an absolute path', path.text)
}

const INITIATORS: readonly (readonly [string, RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.([0-9A-Za-z\-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[0-9A-Za-z]{16}$/],
  ['naa', /^naa.[0-9A-Za-z]{32}$/],
]

function checkInitiator(field: Field): void {
  const form = INITIATORS.find(([prefix]) => field.text.startsWith(prefix))
  if (form === undefined) field.invalid('must be valid format starting with iqn, eui, or naa')
  else if (!form[1].test(field.text)) field.invalid('must be valid format')
}

function checkIscsi(source: Field, owned: boolean): void {
  source.get('targetPortal').needsText()
  const iqn = source.get('iqn')
  if (iqn.text === '') iqn.required()
  else checkInitiator(iqn)
  source.get('lun').inRange(0, 255)
  const secret = source.get('secretRef')
  const chap = source.get('chapAuthDiscovery').isTrue || source.get('chapAuthSession').isTrue
  if (chap && !secret.has) secret.required()
  if (owned && secret.has) secret.get('name').needsText()
  const initiator = source.get('initiatorName')
  if (initiator.has) checkInitiator(initiator.as('.initiatorname'))
}

function checkFibre(source: Field): void {
  const [names, ids] = [source.get('targetWWNs'), source.get('wwids')]
  if (names.size === 0 && ids.size === 0)
    names.required('must specify either targetWWNs or wwids, but not both')
  if (names.size > 0 && ids.size > 0)
    names.invalid('targetWWNs and wwids can not be specified simultaneously')
  if (names.size === 0) return
  const lun = source.get('lun')
  if (lun.has) lun.inRange(0, 255)
  else lun.required('lun is required if targetWWNs is specified')
}

function checkGluster(source: Field, owned: boolean): void {
  needs('endpoints', 'path')(source, owned)
  const namespace = source.get('endpointsNamespace')
  if (!owned || !namespace.has) return
  if (namespace.text === '')
    namespace.invalid('if the endpointnamespace is set, it must be a valid namespace name')
  else namespace.must(dnsLabel)
}

function checkFlocker(source: Field): void {
  const [name, id] = [source.get('datasetName'), source.get('datasetUUID')]
  if (name.text === '' && id.text === '')
    source.required('one of datasetName and datasetUUID is required')
  if (name.text !== '' && id.text !== '')
    source.invalid('datasetName and datasetUUID can not be specified simultaneously', 'resource')
  if (name.text.includes('/')) name.invalid("must not contain '/'")
}

function checkLists(...names: readonly string[]): SourceCheck {
  return source => {
    for (const name of names) if (source.get(name).size === 0) source.get(name).required()
  }
}

function checkCinder(source: Field, owned: boolean): void {
  source.get('volumeID').needsText()
  checkSecret(source.get('secretRef'), owned)
}

function checkSecret(secret: Field, owned: boolean): void {
  if (!secret.has) return
  secret.get('name').needsText()
  if (owned) secret.get('namespace').needsText()
}

function checkQuobyte(source: Field): void {
  const [registry, tenant] = [source.get('registry'), source.get('tenant')]
  const pair = 'must be a host:port pair or multiple pairs separated by commas'
  if (registry.text === '') registry.required(pair)
  else if (tenant.text.length >= 65)
    tenant.required('must be a UUID and may not exceed a length of 64 characters')
  else
    for (const one of registry.text.split(','))
      if (!/^([^:[\]]*|\[[^[\]]*\]):[^:[\]]*$/.test(one)) registry.invalid(pair)
  source.get('volume').needsText()
}

function checkFlex(source: Field): void {
  source.get('driver').needsText()
  for (const [key, value] of source.get('options').entries()) {
    const owner = `.${(key.includes('/') ? (key.split('/')[0] ?? '') : key).toLowerCase()}`
    if (owner.endsWith('.kubernetes.io') || owner.endsWith('.k8s.io'))
      value.invalid('kubernetes.io and k8s.io namespaces are reserved', key)
  }
}

function checkAzureFile(source: Field, owned: boolean): void {
  needs('secretName', 'shareName')(source, owned)
  const namespace = source.get('secretNamespace')
  if (owned && namespace.has) namespace.needsText()
}

function checkAzureDisk(source: Field): void {
  source.get('diskName').needsText()
  const [uri, kind] = [source.get('diskURI'), source.get('kind')]
  uri.needsText()
  source.get('cachingMode').oneOf(['None', 'ReadOnly', 'ReadWrite'])
  kind.oneOf(['Dedicated', 'Managed', 'Shared'])
  const managed = kind.text === 'Managed'
  if (managed && !uri.text.startsWith('/subscriptions/'))
    uri.unsupported([
      '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}',
    ])
  if (!managed && !uri.text.startsWith('https://'))
    uri.unsupported([
      'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd',
    ])
}

function checkStorageOs(source: Field, owned: boolean): void {
  source.get('volumeName').needs(dnsLabel)
  source.get('volumeNamespace').mayBe(dnsLabel)
  checkSecret(source.get('secretRef'), owned)
}

/** ValidateCSIDriverName. */
export function checkDriver(driver: Field): void {
  if (driver.text === '') return driver.required()
  if (driver.text.length > 63) driver.tooLong(63)
  for (const complaint of subdomain(driver.text.toLowerCase())) driver.invalid(complaint)
}

/** By field name, in the order in which the server counts them. */
export const diskChecks: Readonly<Record<string, SourceCheck>> = {
  hostPath: checkHostPath,
  gcePersistentDisk: checkPartition('pdName'),
  awsElasticBlockStore: checkPartition('volumeID'),
  nfs: checkNfs,
  iscsi: checkIscsi,
  glusterfs: checkGluster,
  flocker: checkFlocker,
  rbd: (source, owned) => {
    checkLists('monitors')(source, owned)
    source.get('image').needsText()
  },
  cinder: checkCinder,
  cephfs: checkLists('monitors'),
  quobyte: checkQuobyte,
  fc: checkFibre,
  flexVolume: checkFlex,
  azureFile: checkAzureFile,
  vsphereVolume: needs('volumePath'),
  photonPersistentDisk: needs('pdID'),
  portworxVolume: needs('volumeID'),
  azureDisk: checkAzureDisk,
  storageos: checkStorageOs,
  scaleIO: needs('gateway', 'system', 'volumeName'),
}

/** The name under which complaints about the inside of a source appear. */
export function insideOf(name: string): string {
  return name === 'gcePersistentDisk' ? '.persistentDisk' : `.${name}`
}
