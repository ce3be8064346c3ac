import { checkDriver } from './disk.ts'
import type { Field } from './field.ts'
import { bytes, qualifiedName, subdomain } from './format.ts'
import { checkInlineVolume } from './persistentvolume.ts'
import { checkSelector } from './selector.ts'
import { amountOf } from './resource.ts'

const PARAMETERS_LIMIT = 256 * 1024

/** A StorageClass (1.36 storage/validation ValidateStorageClass). */
export function checkStorageClass(root: Field): void {
  checkProvisioner(root.get('provisioner'))
  checkParameters(root.get('parameters'), true)
  const policy = root.get('reclaimPolicy')
  if (policy.text !== '') policy.oneOf(['Delete', 'Retain'])
  root.get('volumeBindingMode').oneOf(['Immediate', 'WaitForFirstConsumer'])
  const seen = new Set(['[]'])
  for (const term of root.get('allowedTopologies').items()) {
    const expressions = term.get('matchLabelExpressions')
    const shape = checkTopology(expressions)
    if (seen.has(shape)) expressions.duplicate('')
    seen.add(shape)
  }
}

/** One term of topologies; answers it in a form in which equal terms are equal. */
function checkTopology(expressions: Field): string {
  const keys = new Map<string, string>()
  for (const one of expressions.items()) {
    const [key, values] = [one.get('key'), one.get('values')]
    if (values.size === 0) values.required()
    const seen = new Set<string>()
    for (const value of values.items()) {
      if (seen.has(value.text)) value.duplicate()
      seen.add(value.text)
    }
    key.must(qualifiedName)
    if (keys.has(key.text)) key.duplicate()
    keys.set(key.text, [...seen].sort().join('\0'))
  }
  return JSON.stringify([...keys].map(pair => pair.join('\0')).sort())
}

function checkProvisioner(field: Field): void {
  if (field.text === '') return field.required()
  field.must(text => qualifiedName(text.toLowerCase()))
}

function checkParameters(parameters: Field, allowEmpty: boolean): void {
  if (parameters.size > 512) return parameters.tooLong(512)
  let size = 0
  for (const [key, value] of parameters.entries()) {
    if (key === '') parameters.invalid('field can not be empty.', key)
    size += bytes(key) + bytes(value.text)
  }
  if (size > PARAMETERS_LIMIT) parameters.tooLong(PARAMETERS_LIMIT)
  if (!allowEmpty && parameters.size === 0)
    parameters.required('must contain at least one key/value pair')
}

/** A VolumeAttributesClass (ValidateVolumeAttributesClass). */
export function checkVolumeAttributesClass(root: Field): void {
  checkProvisioner(root.get('driverName'))
  checkParameters(root.get('parameters'), false)
}

const MODES = ['Persistent', 'Ephemeral']

/** A CSIDriver (ValidateCSIDriver). */
export function checkCsiDriver(root: Field): void {
  const spec = root.get('spec')
  spec.get('fsGroupPolicy').oneOf(['File', 'None', 'ReadWriteOnceWithFSType'])
  const requests = spec.get('tokenRequests')
  const audiences = new Set<string>()
  for (const request of requests.items()) {
    const [audience, seconds] = [request.get('audience'), request.get('expirationSeconds')]
    if (audiences.has(audience.text)) audience.duplicate(audience.text)
    audiences.add(audience.text)
    if (seconds.orNumber(600) < 600)
      seconds.invalid('may not specify a duration less than 10 minutes')
    if (seconds.orNumber(600) > 2 ** 32)
      seconds.invalid('may not specify a duration larger than 2^32 seconds')
  }
  const modes = spec.get('volumeLifecycleModes')
  for (const mode of modes.items())
    if (!MODES.includes(mode.text)) modes.near(mode).unsupported(MODES, mode.text)
  const period = spec.get('nodeAllocatableUpdatePeriodSeconds')
  if (spec.report.minor >= 35 && period.orNumber(10) < 10)
    period.invalid('must be greater than or equal to 10 seconds')
  const secrets = spec.get('serviceAccountTokenInSecrets')
  if (spec.report.minor >= 35 && secrets.has && requests.size === 0)
    secrets.invalid('serviceAccountTokenInSecrets is set but no tokenRequests are specified')
}

/** A CSINode (ValidateCSINode). */
export function checkCsiNode(root: Field): void {
  const names = new Set<string>()
  for (const driver of root.get('spec').get('drivers').items()) {
    const [name, node] = [driver.get('name'), driver.get('nodeID')]
    checkDriver(name)
    node.needsText()
    if (node.text.length > 256) node.invalid('must be 256 characters or less')
    driver.get('allocatable').get('count').nonNegative()
    if (names.has(name.text)) name.duplicate()
    names.add(name.text)
    const keys = new Set<string>()
    for (const key of driver.get('topologyKeys').items()) {
      const at = driver.near(key)
      if (key.text === '') at.required()
      if (keys.has(key.text)) at.duplicate(key.text)
      keys.add(key.text)
      for (const complaint of qualifiedName(key.text)) at.invalid(complaint, key.text)
    }
  }
}

/** A CSIStorageCapacity (ValidateCSIStorageCapacity). */
export function checkStorageCapacity(root: Field): void {
  checkSelector(root.get('nodeTopology'))
  root.get('storageClassName').must(subdomain)
  const capacity = root.get('capacity')
  if ((amountOf(capacity)?.nano ?? 0n) < 0n) capacity.invalid('must be greater than or equal to 0')
}

/** A VolumeAttachment (ValidateVolumeAttachment). */
export function checkVolumeAttachment(root: Field): void {
  const spec = root.get('spec')
  checkDriver(spec.get('attacher'))
  spec.get('nodeName').must(subdomain)
  const source = spec.get('source')
  const [name, inline] = [source.get('persistentVolumeName'), source.get('inlineVolumeSpec')]
  const one = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName'
  if (!name.has && !inline.has) source.required(one)
  else if (name.has && inline.has) source.forbidden(one)
  else if (name.has && name.text === '')
    name.required('must specify non empty persistentVolumeName')
  if (name.has) name.must(subdomain)
  if (inline.has) checkInlineVolume(inline)
}
