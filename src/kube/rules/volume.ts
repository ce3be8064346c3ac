import { checkClaimSpec } from './claim.ts'
import { checkDefaulted } from './container.ts'
import { checkDriver, diskChecks, insideOf, type SourceCheck } from './disk.ts'
import type { Field } from './field.ts'
import { dnsLabel, subdomain } from './format.ts'
import { checkAnnotations } from './meta.ts'
import type { Volumes } from './mount.ts'
import { checkMode } from './path.ts'
import { checkDownwardFile, checkKeyToPath, checkProjected } from './projection.ts'
import { amountOf } from './resource.ts'
import { checkLabels } from './selector.ts'

function checkKeys(name: string): SourceCheck {
  return source => {
    source.get(name).needsText()
    checkMode(source.get('defaultMode'))
    for (const item of source.get('items').items()) checkKeyToPath(item)
  }
}

const BEFORE_CLAIM = ['nfs', 'iscsi', 'glusterfs', 'flocker']
const AFTER_CLAIM = ['rbd', 'cinder', 'cephfs', 'quobyte']
const BEFORE_CONFIG = ['fc', 'flexVolume']
const AFTER_CONFIG = [
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
]

function disks(names: readonly string[]): Readonly<Record<string, SourceCheck | undefined>> {
  return Object.fromEntries(names.map(name => [name, diskChecks[name]]))
}

/** By field name, in the server's order: of two sources the later is the one too many. */
const checks: Readonly<Record<string, SourceCheck | undefined>> = {
  emptyDir: checkEmptyDir,
  ...disks(['hostPath']),
  gitRepo: checkGit,
  ...disks(['gcePersistentDisk', 'awsElasticBlockStore']),
  secret: checkKeys('secretName'),
  ...disks(BEFORE_CLAIM),
  persistentVolumeClaim: source => source.get('claimName').needsText(),
  ...disks(AFTER_CLAIM),
  downwardAPI: checkDownward,
  ...disks(BEFORE_CONFIG),
  configMap: checkKeys('name'),
  ...disks(AFTER_CONFIG),
  projected: checkProjected,
  ...disks(['scaleIO']),
  csi: checkCsi,
  ephemeral: checkEphemeral,
  image: checkImage,
}

function checkEmptyDir(source: Field): void {
  const limit = source.get('sizeLimit')
  if ((amountOf(limit)?.nano ?? 0n) < 0n)
    limit.forbidden('SizeLimit field must be a valid resource quantity')
}

function checkGit(source: Field): void {
  source.get('repository').needsText()
  const directory = source.get('directory')
  if (directory.text.startsWith('/')) directory.invalid('must be a relative path')
  if (directory.text.split('/').includes('..')) directory.invalid("must not contain '..'")
}

function checkDownward(source: Field): void {
  checkMode(source.get('defaultMode'))
  for (const file of source.get('items').items()) checkDownwardFile(file, source)
}

function checkCsi(source: Field): void {
  checkDriver(source.get('driver'))
  const secret = source.get('nodePublishSecretRef')
  if (!secret.has) return
  const name = secret.get('name')
  if (name.text === '') name.required()
  else
    for (const complaint of subdomain(name.text))
      source.get('name').near(name).invalid(complaint, name.text)
}

function checkEphemeral(source: Field): void {
  const template = source.get('volumeClaimTemplate')
  if (!template.has) return template.required()
  checkTemplateMeta(template.get('metadata'))
  checkClaimSpec(template.get('spec'))
}

/** Metadata of a template: labels and annotations alone (ValidateTemplateObjectMeta). */
export function checkTemplateMeta(meta: Field): void {
  checkAnnotations(meta.get('annotations'))
  checkLabels(meta.get('labels'))
  for (const [key] of meta.entries())
    if (!['annotations', 'labels', 'creationTimestamp'].includes(key) && meta.get(key).size > 0)
      meta
        .get(key)
        .as(key === 'uid' ? '.uID' : `.${key}`)
        .forbidden('cannot be set')
}

function checkImage(source: Field): void {
  checkDefaulted(source.get('pullPolicy'), ['Always', 'IfNotPresent', 'Never'])
}

/** What is shown where a second source stands: three names are the server's own slips. */
const tooManyNames: Readonly<Record<string, string>> = {
  cephfs: '.cephFS',
  downwardAPI: '.downwarAPI',
}

/** How a pod's volumes are judged besides their own shape. */
export interface VolumeScope {
  /** Name of the pod where it has one: claims of ephemeral volumes are called after it. */
  readonly podName: string
  /** Whether this is a pod and no template: an image volume must then say which image. */
  readonly isPod: boolean
  /** Names of volumes that a stateful set makes of its claims, in place of the pod's own. */
  readonly claims: readonly Field[]
}

/** A pod's volumes (1.36 core/validation ValidateVolumes). Answers the names that mounts may use. */
export function checkVolumes(list: Field, scope: VolumeScope): Volumes {
  const known = new Map<string, boolean>()
  const { findings } = list.report
  for (const claim of scope.claims) {
    const name = claim.as('.name').under(list)
    name.needs(dnsLabel)
    if (claim.text === '') list.get('persistentVolumeClaim').get('claimName').near(claim).required()
    if (dnsLabel(claim.text).length === 0) known.set(claim.text, true)
  }
  const replaced = new Set(scope.claims.map(claim => claim.text))
  const own = list.items().filter(one => !replaced.has(one.get('name').text))
  const volumes = own.filter(one => !isDropped(one))
  for (const volume of own.filter(isDropped)) known.set(volume.get('name').text, false)
  const created = volumes
    .filter(one => scope.podName !== '' && one.get('ephemeral').has)
    .map(one => `${scope.podName}-${one.get('name').text}`)
  for (const volume of volumes) {
    const before = findings.length
    checkSources(volume, scope)
    const name = volume.get('name')
    name.needs(dnsLabel)
    if (known.has(name.text)) name.duplicate()
    if (findings.length === before)
      known.set(name.text, volume.get('persistentVolumeClaim').has || volume.get('ephemeral').has)
    const claim = volume.get('persistentVolumeClaim').get('claimName')
    if (created.includes(claim.text))
      claim.invalid('must not reference a PVC that gets created for an ephemeral volume')
  }
  return known
}

/** Image volumes and their mounts are dropped where their gate is off, before 1.35. */
function isDropped(volume: Field): boolean {
  return volume.report.minor < 35 && volume.get('image').has
}

function checkSources(volume: Field, scope: VolumeScope): void {
  let found = 0
  for (const [name, check] of Object.entries(checks)) {
    const source = volume.get(name)
    if (!source.has) continue
    if (found++ > 0)
      source
        .as(tooManyNames[name] ?? `.${name}`)
        .forbidden('may not specify more than 1 volume type')
    else check?.(source.as(insideOf(name)), false)
  }
  const name = volume.get('name')
  const iscsi = volume.get('iscsi')
  const portal = `${name.text}:${iscsi.get('targetPortal').text}`
  if (iscsi.get('initiatorName').has && portal.length > 64)
    name.invalid(
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
    )
  if (volume.get('ephemeral').has && scope.podName !== '' && name.text !== '') {
    const claim = `${scope.podName}-${name.text}`
    for (const complaint of subdomain(claim)) name.invalid(`PVC name "${claim}": ${complaint}`)
  }
  const reference = volume.get('image').get('reference')
  if (scope.isPod && volume.get('image').has) reference.needsText()
}
