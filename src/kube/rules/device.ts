import { checkDriver } from './disk.ts'
import { checkExpression } from './expression.ts'
import type { Field, Test } from './field.ts'
import { bytes, dnsLabel, identifier, labelValue, qualifiedName, subdomain } from './format.ts'
import { isExtended } from './resource.ts'
import { checkTemplateMeta } from './volume.ts'

/** Lists of devices have a limit; a longer one is judged no further. Whether it fits. */
export function isWithin(list: Field, most: number): boolean {
  if (list.size <= most) return true
  list.tooMany(list.size, most)
  return false
}

/** Two entries with the same key (1.36 resource/validation validateSet). */
export function checkUnique(list: Field, keyOf: (one: Field) => string): void {
  const seen = new Set<string>()
  for (const one of list.items()) {
    const key = keyOf(one)
    if (seen.has(key)) one.duplicate(key)
    seen.add(key)
  }
}

/** A DeviceClass (ValidateDeviceClass). */
export function checkDeviceClass(root: Field): void {
  const spec = root.get('spec')
  checkSelectors(spec.get('selectors'))
  if (isWithin(spec.get('config'), 32))
    for (const one of spec.get('config').items()) checkConfig(one)
  const name = spec.get('extendedResourceName')
  if (name.has && spec.report.minor >= 36 && !isExtended(name.text))
    name.invalid('must be a valid extended resource name')
}

/** A ResourceClaim (ValidateResourceClaim). */
export function checkResourceClaim(root: Field): void {
  checkDevices(root.get('spec').get('devices'))
}

/** A ResourceClaimTemplate (ValidateResourceClaimTemplate). */
export function checkResourceClaimTemplate(root: Field): void {
  const spec = root.get('spec')
  checkTemplateMeta(spec.get('metadata'))
  checkDevices(spec.get('spec').get('devices'))
}

function checkDevices(devices: Field): void {
  const requests = devices.get('requests')
  const names = new Set<string>()
  for (const request of requests.items()) {
    const name = request.get('name').text
    names.add(name)
    for (const sub of request.get('firstAvailable').items())
      names.add(`${name}/${sub.get('name').text}`)
  }
  if (isWithin(requests, 32)) {
    for (const request of requests.items()) checkRequest(request)
    checkUnique(requests, one => one.get('name').text)
  }
  const constraints = devices.get('constraints')
  if (isWithin(constraints, 32)) for (const one of constraints.items()) checkConstraint(one, names)
  const config = devices.get('config')
  if (isWithin(config, 32))
    for (const one of config.items()) {
      checkReferences(one.get('requests'), names)
      checkConfig(one)
    }
}

function checkRequest(request: Field): void {
  request.get('name').must(dnsLabel)
  const [exactly, first] = [request.get('exactly'), request.get('firstAvailable')]
  const one = 'exactly one of `exactly` or `firstAvailable` is required'
  if (!exactly.has && first.size === 0) request.required(one)
  else if (exactly.has && first.size > 0) request.invalid(`${one}, but multiple fields are set`)
  else if (exactly.has) checkWanted(exactly)
  else if (isWithin(first, 8)) {
    for (const sub of first.items()) {
      sub.get('name').must(dnsLabel)
      checkWanted(sub)
    }
    checkUnique(first, sub => sub.get('name').text)
  }
}

function checkWanted(wanted: Field): void {
  wanted.get('deviceClassName').needs(subdomain)
  checkSelectors(wanted.get('selectors'))
  const [mode, count] = [wanted.get('allocationMode'), wanted.get('count')]
  if (mode.text === 'All') {
    if (count.orNumber(0) !== 0) count.invalid("must not be specified when allocationMode is 'All'")
  } else if (mode.or('ExactCount') === 'ExactCount') {
    if ((count.number || 1) < 0) count.invalid('must be greater than zero')
  } else mode.unsupported(['All', 'ExactCount'])
  if (wanted.report.minor < 36) return
  for (const one of wanted.get('tolerations').items()) checkToleration(one)
}

export const EFFECTS = ['NoExecute', 'NoSchedule', 'None']

function checkToleration(one: Field): void {
  one.get('key').mayBe(qualifiedName)
  const [operator, value] = [one.get('operator'), one.get('value')]
  const name = operator.or('Equal')
  if (name === 'Exists') {
    if (value.text !== '') value.invalid('must be empty for operator `Exists`')
  } else if (name === 'Equal') value.must(labelValue)
  else operator.unsupported(['Equal', 'Exists'])
  if (one.get('effect').text !== '') one.get('effect').oneOf(EFFECTS)
}

function checkSelectors(list: Field): void {
  if (!isWithin(list, 32)) return
  for (const selector of list.items()) {
    const cel = selector.get('cel')
    if (!cel.has) cel.required()
    else if (bytes(cel.get('expression').text) > 10 * 1024) cel.get('expression').tooLong(10 * 1024)
    else checkExpression(cel.get('expression'), { names: ['device'], gives: 'bool' })
  }
}

function checkConstraint(constraint: Field, names: ReadonlySet<string>): void {
  checkReferences(constraint.get('requests'), names)
  const match = constraint.get('matchAttribute')
  const distinct = constraint.get('distinctAttribute')
  if (match.has) checkFullName(match)
  else if (constraint.report.minor < 36) match.required()
  else if (distinct.has) checkFullName(distinct)
  else
    constraint.required(
      'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set',
    )
}

function checkReferences(list: Field, names: ReadonlySet<string>): void {
  if (!isWithin(list, 32)) return
  for (const one of list.items()) {
    const parts = one.text.split('/')
    if (parts.length <= 2) for (const part of parts) one.must(() => dnsLabel(part))
    if (parts.length > 2 || !names.has(one.text))
      one.invalid(
        "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'",
      )
  }
  checkUnique(list, one => one.text)
}

function checkConfig(config: Field): void {
  const opaque = config.get('opaque')
  if (!opaque.has) return opaque.required()
  checkDriver(opaque.get('driver'))
  const parameters = opaque.get('parameters')
  if (!parameters.has) parameters.required()
  else if (parameters.map === undefined) parameters.wrong('must be a valid JSON object')
}

/** A name with or without a domain (validateQualifiedName); of three parts nobody takes notice. */
export const deviceName: Test = text => {
  const parts = text.split('/')
  const [first = '', second = ''] = parts
  if (parts.length === 1) return shortName(first)
  if (parts.length > 2) return []
  return [
    ...(first === '' ? ['the domain must not be empty'] : subdomain(first.toLowerCase())),
    ...(second === '' ? ['the name must not be empty'] : shortName(second)),
  ]
}

function shortName(text: string): readonly string[] {
  const long = text.length > 32 ? ['may not be more than 32 bytes'] : []
  return [...long, ...identifier(text)]
}

function checkFullName(field: Field): void {
  field.must(deviceName)
  if (!field.text.includes('/'))
    field.invalid('a fully qualified name must be a domain and a name separated by a slash')
}
