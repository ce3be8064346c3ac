import type { Field } from './field.ts'
import { dnsLabel, domainName, labelValue, subdomain } from './format.ts'
import { checkEndpointIp, checkIp, parseIp, strictIp } from './ip.ts'
import { checkAppProtocol, checkPortNumber, PROTOCOLS } from './port.ts'

/** Endpoints (1.36 core/validation ValidateEndpoints). */
export function checkEndpoints(root: Field): void {
  for (const subset of root.get('subsets').items()) {
    const lists = ['addresses', 'notReadyAddresses'].map(name => subset.get(name))
    if (lists.every(list => list.size === 0))
      subset.required('must specify `addresses` or `notReadyAddresses`')
    for (const address of lists.flatMap(list => list.items())) checkAddress(address)
    const ports = subset.get('ports')
    for (const port of ports.items()) {
      const name = port.get('name')
      if (name.text === '' && ports.size > 1) name.required()
      else name.mayBe(dnsLabel)
      checkPortNumber(port.get('port'))
      checkProtocol(port.get('protocol'))
      checkAppProtocol(port.get('appProtocol'))
    }
  }
}

function checkProtocol(protocol: Field): void {
  if (!PROTOCOLS.includes(protocol.or('TCP'))) protocol.unsupported(PROTOCOLS)
}

function checkAddress(address: Field): void {
  const ip = address.get('ip')
  checkIp(ip)
  address.get('hostname').mayBe(dnsLabel)
  if (address.get('nodeName').has) address.get('nodeName').must(subdomain)
  checkEndpointIp(ip)
}

const TYPES = ['FQDN', 'IPv4', 'IPv6']

/** An EndpointSlice (1.36 discovery/validation ValidateEndpointSlice). */
export function checkEndpointSlice(root: Field): void {
  const type = root.get('addressType')
  if (type.text === '') type.required()
  else type.oneOf(TYPES)
  const ports = root.get('ports')
  const names = new Set<string>()
  for (const port of ports.items()) {
    const name = port.get('name')
    name.mayBe(dnsLabel)
    if (names.has(name.text)) name.duplicate(name.text)
    names.add(name.text)
    port.get('protocol').oneOf(PROTOCOLS)
    checkAppProtocol(port.get('appProtocol'))
  }
  const endpoints = root.get('endpoints')
  if (endpoints.size > 1000) return endpoints.tooMany(endpoints.size, 1000)
  for (const endpoint of endpoints.items()) checkEndpoint(endpoint, type.text)
}

function checkEndpoint(endpoint: Field, type: string): void {
  const addresses = endpoint.get('addresses')
  if (addresses.size === 0) addresses.required('must contain at least 1 address')
  if (addresses.size > 100) addresses.tooMany(addresses.size, 100)
  for (const address of addresses.items()) checkTyped(address, addresses, type)
  if (endpoint.get('nodeName').has) endpoint.get('nodeName').must(subdomain)
  if (endpoint.get('hostname').has) endpoint.get('hostname').must(dnsLabel)
  const hints = endpoint.get('hints')
  checkHints(hints.get('forZones'), labelValue)
  if (hints.report.minor >= 34) checkHints(hints.get('forNodes'), subdomain)
}

function checkTyped(address: Field, list: Field, type: string): void {
  if (type === 'FQDN') {
    if (address.text === '') address.required()
    else address.must(domainName)
    return
  }
  if (type !== 'IPv4' && type !== 'IPv6') return
  if (type === 'IPv4' ? !checkIp(address) : strictIp(address.text).length > 0) {
    if (type === 'IPv6') address.must(strictIp)
    return
  }
  const six = parseIp(address.text)?.bits === 128
  if (six !== (type === 'IPv6'))
    list.near(address).invalid(`must be an ${type} address`, address.text)
  checkEndpointIp(address)
}

function checkHints(list: Field, test: (text: string) => readonly string[]): void {
  if (list.size > 8) return list.tooMany(list.size, 8)
  const seen = new Set<string>()
  for (const one of list.items()) {
    const name = one.get('name')
    if (seen.has(name.text)) name.duplicate(name.text)
    seen.add(name.text)
    name.must(test)
  }
}
