import { checkNodeSelector } from './affinity.ts'
import { checkUnique, deviceName, EFFECTS, isWithin } from './device.ts'
import { checkDriver } from './disk.ts'
import type { Field } from './field.ts'
import { bytes, dnsLabel, labelValue, qualifiedName, subdomain } from './format.ts'

/** A ResourceSlice (1.36 resource/validation ValidateResourceSlice). */
export function checkResourceSlice(root: Field): void {
  const spec = root.get('spec')
  checkDriver(spec.get('driver'))
  checkPool(spec.get('pool'))
  const names = ['nodeName', 'nodeSelector', 'allNodes', 'perDeviceNodeSelection']
  const among = names.map(name => `\`${name}\``).join(', ')
  checkPlace(spec, names, `exactly one of ${among} is required`)
  const counters = spec.get('sharedCounters')
  if (counters.has && spec.get('devices').has)
    spec.invalid('only one of `sharedCounters` or `devices` is allowed', '')
  const devices = spec.get('devices')
  const rich = devices
    .items()
    .some(one => one.get('taints').size + one.get('consumesCounters').size > 0)
  if (isWithin(devices, rich ? 64 : 128)) {
    for (const device of devices.items())
      checkDevice(device, spec.get('perDeviceNodeSelection').isTrue)
    checkUnique(devices, one => one.get('name').text)
  }
  if (!isWithin(counters, 8)) return
  for (const set of counters.items()) checkCounters(set, 'name')
  checkUnique(counters, one => one.get('name').text)
}

function checkPool(pool: Field): void {
  const name = pool.get('name')
  if (name.text === '') name.required()
  else {
    if (bytes(name.text) > 253) name.tooLong(253)
    for (const part of name.text.split('/')) name.must(() => subdomain(part))
  }
  const count = pool.get('resourceSliceCount')
  if (count.orNumber(0) <= 0) count.invalid('must be greater than zero', count.orNumber(0))
  const generation = pool.get('generation')
  if (generation.orNumber(0) < 0) generation.invalid('must be greater than or equal to zero')
}

/** Where devices are: one of several ways to say it. */
function checkPlace(at: Field, names: readonly string[], one: string): void {
  const said = names.map(name => at.get(name)).filter(field => field.has)
  for (const field of said) {
    if (field.map !== undefined) {
      checkNodeSelector(field)
      const terms = field.get('nodeSelectorTerms')
      if (terms.size !== 1 && names.length === 4)
        terms.invalid('must have exactly one node selector term')
    } else if (field.bool === false) field.invalid('must be either unset or set to true')
    else if (field.bool === undefined && field.text === '')
      field.invalid('must be either unset or set to a non-empty string')
    else if (field.bool === undefined) field.must(subdomain)
  }
  const given = said.filter(
    field => field.map !== undefined || (field.text !== '' && field.bool !== false),
  )
  if (given.length === 0) at.required(one)
  else if (given.length > 1) at.invalid(`${one}, but multiple fields are set`, '')
}

function checkDevice(device: Field, apart: boolean): void {
  device.get('name').must(dnsLabel)
  const [attributes, capacity] = [device.get('attributes'), device.get('capacity')]
  if (attributes.size + capacity.size > 32)
    device.invalid('the total number of attributes and capacities must not exceed 32', 33)
  for (const [key, value] of attributes.entries()) {
    for (const complaint of deviceName(key)) attributes.near(value).invalid(complaint, key)
    checkAttribute(value)
  }
  for (const [key, value] of capacity.entries()) {
    for (const complaint of deviceName(key)) capacity.near(value).invalid(complaint, key)
    const policy = value.get('requestPolicy')
    if (policy.has && !device.get('allowMultipleAllocations').isTrue)
      policy.forbidden('allowMultipleAllocations must be true')
  }
  if (isWithin(device.get('taints'), 16))
    for (const one of device.get('taints').items()) checkTaint(one)
  const counters = device.get('consumesCounters')
  if (isWithin(counters, 2)) {
    for (const one of counters.items()) checkCounters(one, 'counterSet')
    checkUnique(counters, one => one.get('counterSet').text)
  }
  checkOwnPlace(device, apart)
  checkBinding(device)
}

/** Conditions that bind a device, and those that fail to: both or none, no name in both. */
function checkBinding(device: Field): void {
  if (device.report.minor < 36) return
  const [good, bad] = [device.get('bindingConditions'), device.get('bindingFailureConditions')]
  for (const list of [good, bad]) {
    if (isWithin(list, 4)) for (const one of list.items()) one.must(qualifiedName)
    checkUnique(list, one => one.text)
  }
  for (const one of bad.items())
    if (good.texts().includes(one.text))
      one.invalid('bindingFailureConditions must not overlap with bindingConditions')
  if (good.size === 0 && bad.size > 0)
    good.invalid('bindingConditions are required to use bindingFailureConditions')
  if (bad.size === 0 && good.size > 0)
    bad.invalid('bindingFailureConditions are required to use bindingConditions')
}

function checkOwnPlace(device: Field, apart: boolean): void {
  const names = ['nodeName', 'nodeSelector', 'allNodes']
  const when = '`perDeviceNodeSelection` is set to true in the ResourceSlice spec'
  if (apart)
    checkPlace(
      device,
      names,
      `exactly one of \`nodeName\`, \`nodeSelector\`, or \`allNodes\` is required when ${when}`,
    )
  else if (names.some(name => device.get(name).has))
    device.invalid(`\`nodeName\`, \`nodeSelector\` and \`allNodes\` can only be set if ${when}`)
}

const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][a-zA-Z0-9-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][a-zA-Z0-9-]*))*)?(\+[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*)?$/

function checkAttribute(value: Field): void {
  const [text, version] = [value.get('string'), value.get('version')]
  if (version.has && !SEMVER.test(version.text))
    version.invalid('must be a string compatible with semver.org spec 2.0.0')
  for (const one of [text, version]) if (bytes(one.text) > 64) one.tooLong(64)
  const given = ['bool', 'int', 'string', 'version'].filter(name => value.get(name).has)
  if (given.length !== 1) value.invalid('exactly one value must be specified')
}

function checkTaint(taint: Field): void {
  if (taint.report.minor < 36) return
  taint.get('key').must(qualifiedName)
  taint.get('value').mayBe(labelValue)
  if (taint.get('effect').text === '') taint.get('effect').required()
  else taint.get('effect').oneOf(EFFECTS)
}

function checkCounters(set: Field, name: string): void {
  set.get(name).needs(dnsLabel)
  const counters = set.get('counters')
  if (counters.size === 0) counters.required()
  else if (isWithin(counters, 32))
    for (const [key, value] of counters.entries())
      for (const complaint of dnsLabel(key)) counters.near(value).invalid(complaint, key)
}
