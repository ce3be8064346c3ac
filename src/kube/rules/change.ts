import { canonical } from './equal.ts'
import type { Field } from './field.ts'
import { checkJobChange } from './jobchange.ts'
import { checkPodChange } from './podchange.ts'
import { amountOf } from './resource.ts'
import { checkServiceChange } from './servicechange.ts'

/** Judges what changed: `old` is what was stored, `now` what would be applied over it. */
export type Change = (old: Field, now: Field) => void

/** A place by its dotted path. */
function at(root: Field, path: string): Field {
  return path.split('.').reduce((field, name) => field.get(name), root)
}

/** Fields that may not change once they are stored; a default is written behind `=`. */
function frozen(...paths: readonly string[]): Change {
  return (old, now) => {
    for (const one of paths) {
      const [path = '', fallback = ''] = one.split('=')
      const [before, after] = [old, now].map(root => {
        const field = at(root, path)
        const shown = canonical(field)
        return shown === '' && fallback !== '' ? JSON.stringify(fallback) : shown
      })
      if (before !== after) at(now, path).immutable()
    }
  }
}

/** As `frozen`, in the words of those who forbid. */
function closed(detail: string, ...paths: readonly string[]): Change {
  return (old, now) => {
    for (const path of paths)
      if (canonical(at(old, path)) !== canonical(at(now, path))) at(now, path).fixed(detail)
  }
}

function all(...changes: readonly Change[]): Change {
  return (old, now) => changes.forEach(change => change(old, now))
}

/** What only the server gives an object (1.36 apimachinery/pkg/api/validation ValidateObjectMetaUpdate). */
export function checkMetaChange(old: Field, now: Field): void {
  for (const name of ['uid', 'deletionGracePeriodSeconds']) {
    const given = now.get(name)
    const said = given.text !== '' || given.number !== undefined
    if (said && canonical(given) !== canonical(old.get(name))) given.immutable()
  }
  const version = now.get('resourceVersion')
  if (version.text === '0') version.invalid('must be specified for an update')
}

/** What a node is given once (ValidateNodeUpdate). */
const checkNode: Change = (old, now) => {
  closed('may not be updated', 'spec.externalID')(old, now)
  for (const name of ['podCIDRs', 'providerID']) {
    const before = canonical(old.get('spec').get(name))
    const after = now.get('spec').get(name)
    if (before !== '' && before !== canonical(after))
      after.fixed(`node updates may not change ${name} except from "" to valid`)
  }
}

/** Drivers of a node stay as they are, but for what can be allocated (ValidateCSINodeUpdate). */
const checkDrivers: Change = (old, now) => {
  const drivers = at(now, 'spec.drivers')
  const known = new Map(
    at(old, 'spec.drivers')
      .items()
      .map(one => [one.get('name').text, canonical(one, ['allocatable'])]),
  )
  for (const one of drivers.items()) {
    const before = known.get(one.get('name').text)
    if (before !== undefined && before !== canonical(one, ['allocatable']))
      drivers.near(one).immutable()
  }
}

function checkDeployment(old: Field, now: Field): void {
  const [before, after] = [at(old, 'spec.strategy'), at(now, 'spec.strategy')]
  const rolling = before.get('rollingUpdate')
  const owned = rolling.get('maxSurge').has && rolling.get('maxUnavailable').has
  const wasRolling = before.get('type').or('RollingUpdate') === 'RollingUpdate'
  if (after.get('type').text !== 'Recreate' || after.get('rollingUpdate').has) return
  if (wasRolling && !owned)
    after
      .get('rollingUpdate')
      .fixed(
        "may not be specified when strategy `type` is 'Recreate' (what the server filled in stays until it is set to null)",
      )
}

const MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]

function checkStatefulSet(old: Field, now: Field): void {
  const [before, after] = [old.get('spec'), now.get('spec')]
  if (canonical(before, MUTABLE) !== canonical(after, MUTABLE))
    after.fixed(
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    )
  const type = at(now, 'spec.updateStrategy.type')
  if (type.text === 'OnDelete' && at(old, 'spec.updateStrategy.type').text === '')
    at(now, 'spec.updateStrategy.rollingUpdate').immutable(
      "only allowed for updateStrategy 'RollingUpdate'",
    )
}

const CLASS = 'volume.beta.kubernetes.io/storage-class'

/** A bound claim may grow; whether one is bound only the cluster knows. */
function checkClaim(old: Field, now: Field): void {
  const [before, after] = [old.get('spec'), now.get('spec')]
  const classOf = (root: Field) => root.get('metadata').get('annotations').get(CLASS)
  if (canonical(classOf(old)) !== canonical(classOf(now))) classOf(now).immutable()
  const source = (spec: Field) =>
    canonical(spec.get('dataSource').has ? spec.get('dataSource') : spec.get('dataSourceRef'))
  const sameSource = source(before) === source(after)
  const free = [
    'resources',
    'volumeAttributesClassName',
    ...(before.get('volumeName').text === '' ? ['volumeName'] : []),
    ...(before.get('storageClassName').has ? [] : ['storageClassName']),
    ...(sameSource || source(before) === '' ? ['dataSource', 'dataSourceRef'] : []),
  ]
  const limits = (spec: Field) => canonical(spec.get('resources').get('limits'))
  if (canonical(before, free) !== canonical(after, free) || limits(before) !== limits(after))
    after.fixed(
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    )
  const size = (spec: Field) => amountOf(at(spec, 'resources.requests.storage'))?.nano ?? 0n
  if (size(after) < size(before))
    at(after, 'resources.requests.storage').fixed('field can not be less than status.capacity')
}

const SOURCE_FREE = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]

function checkVolume(old: Field, now: Field): void {
  const [before, after] = [old.get('spec'), now.get('spec')]
  const csi = (spec: Field) =>
    canonical(
      spec.get('csi'),
      before.get('csi').get('controllerExpandSecretRef').has ? [] : ['controllerExpandSecretRef'],
    )
  const rest = [...SOURCE_FREE, 'csi']
  if (canonical(before, rest) !== canonical(after, rest) || csi(before) !== csi(after))
    after
      .get('persistentvolumesource')
      .fixed('spec.persistentvolumesource is immutable after creation')
  if (before.get('volumeMode').or('Filesystem') !== after.get('volumeMode').or('Filesystem'))
    after.get('volumeMode').as('.volumeMode').under(now).immutable()
  const affinity = before.get('nodeAffinity')
  if (affinity.has && canonical(affinity) !== canonical(after.get('nodeAffinity')))
    after.get('nodeAffinity').under(now).immutable()
}

/** What a ConfigMap or Secret that was made immutable keeps for ever. */
function checkSealed(...lists: readonly string[]): Change {
  return (old, now) => {
    if (!old.get('immutable').isTrue) return
    const why = 'field is immutable when `immutable` is set'
    if (!now.get('immutable').isTrue) now.get('immutable').fixed(why)
    for (const list of lists)
      if (hasChanged(old.get(list), now.get(list), list === 'stringData')) now.get(list).fixed(why)
  }
}

/** Whether entries changed; a text that goes leaves behind what it was turned into. */
function hasChanged(old: Field, now: Field, mayGo: boolean): boolean {
  if (!mayGo) return canonical(old) !== canonical(now)
  return now.entries().some(([key, value]) => canonical(value) !== canonical(old.get(key)))
}

const checkRoleRef: Change = (old, now) => {
  const [before, after] = [old, now].map(root => canonical(root.get('roleRef'), ['apiGroup']))
  if (before !== after) now.get('roleRef').immutable('cannot change roleRef')
}

function checkCrd(old: Field, now: Field): void {
  frozen('spec.group', 'spec.scope', 'spec.names.kind', 'spec.names.plural')(old, now)
  const versions = (root: Field) => at(root, 'spec.versions').items()
  const kept = versions(now).map(one => one.get('name').text)
  const stored = versions(old)
    .find(one => one.get('storage').isTrue)
    ?.get('name').text
  if (stored !== undefined && !kept.includes(stored))
    now
      .get('status')
      .get('storedVersions')
      .as('.storedVersions[0]')
      .near(at(now, 'spec.versions'))
      .immutable(`missing from spec.versions; ${stored} was previously a storage version`)
}

const changes: Readonly<Record<string, Change>> = {
  '/ConfigMap': checkSealed('data', 'binaryData'),
  '/Node': checkNode,
  '/PersistentVolume': checkVolume,
  '/PersistentVolumeClaim': checkClaim,
  '/Pod': checkPodChange,
  '/ResourceQuota': frozen('spec.scopes'),
  '/Secret': all(frozen('type=Opaque'), checkSealed('data', 'stringData')),
  '/Service': checkServiceChange,
  'apiextensions.k8s.io/CustomResourceDefinition': checkCrd,
  'apps/ControllerRevision': frozen('data'),
  'apps/DaemonSet': frozen('spec.selector'),
  'apps/Deployment': all(frozen('spec.selector'), checkDeployment),
  'apps/ReplicaSet': frozen('spec.selector'),
  'apps/StatefulSet': checkStatefulSet,
  'batch/Job': checkJobChange,
  'discovery.k8s.io/EndpointSlice': frozen('addressType'),
  'events.k8s.io/Event': frozen(
    'regarding',
    'reason',
    'note',
    'type',
    'action',
    'related',
    'reportingController',
    'reportingInstance',
  ),
  'networking.k8s.io/IPAddress': frozen('spec.parentRef'),
  'networking.k8s.io/IngressClass': frozen('spec.controller'),
  'node.k8s.io/RuntimeClass': frozen('handler'),
  'rbac.authorization.k8s.io/ClusterRoleBinding': checkRoleRef,
  'rbac.authorization.k8s.io/RoleBinding': checkRoleRef,
  'resource.k8s.io/ResourceClaim': frozen('spec'),
  'resource.k8s.io/ResourceClaimTemplate': frozen('spec'),
  'resource.k8s.io/ResourceSlice': frozen('spec.nodeName', 'spec.driver', 'spec.pool.name'),
  'scheduling.k8s.io/PriorityClass': all(
    closed('may not be changed in an update.', 'value'),
    frozen('preemptionPolicy=PreemptLowerPriority'),
  ),
  'storage.k8s.io/CSIDriver': frozen('spec.attachRequired', 'spec.volumeLifecycleModes'),
  'storage.k8s.io/CSINode': checkDrivers,
  'storage.k8s.io/CSIStorageCapacity': frozen('nodeTopology', 'storageClassName'),
  'storage.k8s.io/StorageClass': frozen(
    'parameters',
    'provisioner',
    'reclaimPolicy=Delete',
    'volumeBindingMode=Immediate',
  ),
  'storage.k8s.io/VolumeAttachment': frozen('spec'),
  'storage.k8s.io/VolumeAttributesClass': closed(
    'updates to parameters are forbidden.',
    'driverName',
    'parameters',
  ),
}

/** What may not change of a kind. */
export function changeOf(group: string, kind: string): Change | undefined {
  const key = `${group}/${kind}`
  return Object.hasOwn(changes, key) ? changes[key] : undefined
}
