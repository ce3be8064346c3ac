import type { Field } from './field.ts'
import { pathSegment, portName, portNumber, subdomain } from './format.ts'
import { checkNetwork, contains, isDualStack, parseNetwork, strictNetwork } from './ip.ts'
import { checkSelector } from './selector.ts'

/** A NetworkPolicy (1.36 networking/validation ValidateNetworkPolicySpec). */
export function checkNetworkPolicy(root: Field): void {
  const spec = root.get('spec')
  checkSelector(spec.get('podSelector'))
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const)
    for (const rule of spec.get(direction).items()) {
      for (const port of rule.get('ports').items()) checkPolicyPort(port)
      for (const peer of rule.get(peers).items()) checkPeer(peer)
    }
  const types = spec.get('policyTypes')
  if (types.size > 2) return types.invalid('may not specify more than two policyTypes')
  for (const type of types.items()) type.oneOf(['Ingress', 'Egress'])
}

function checkPolicyPort(at: Field): void {
  const [port, end] = [at.get('port'), at.get('endPort')]
  at.get('protocol').oneOf(['TCP', 'UDP', 'SCTP'])
  if (!port.has) {
    if (end.has) end.invalid('may not be specified when `port` is not specified')
  } else if (port.isText) {
    if (end.has) end.invalid('may not be specified when `port` is non-numeric')
    port.must(portName)
  } else {
    const number = port.orNumber(0)
    for (const complaint of portNumber(number)) port.invalid(complaint)
    if (!end.has) return
    if (end.orNumber(0) < number) end.invalid('must be greater than or equal to `port`', number)
    for (const complaint of portNumber(end.orNumber(0))) end.invalid(complaint)
  }
}

function checkPeer(peer: Field): void {
  const names = ['podSelector', 'namespaceSelector', 'ipBlock']
  const present = names.filter(name => peer.get(name).has)
  checkSelector(peer.get('podSelector'))
  checkSelector(peer.get('namespaceSelector'))
  const block = peer.get('ipBlock')
  if (block.has) checkBlock(block)
  if (present.length === 0) peer.required('must specify a peer')
  else if (present.length > 1 && block.has)
    peer.forbidden('may not specify both ipBlock and another peer')
}

function checkBlock(block: Field): void {
  const cidr = block.get('cidr')
  if (cidr.text === '') return cidr.required()
  checkNetwork(cidr)
  const outer = parseNetwork(cidr.text)
  if (outer === undefined) return
  for (const except of block.get('except').items()) {
    checkNetwork(except)
    const inner = parseNetwork(except.text)
    if (inner !== undefined && (!contains(outer, inner) || outer.length >= inner.length))
      except.invalid('must be a strict subset of `cidr`')
  }
}

/** An IPAddress (ValidateIPAddress): its name is the address. */
export function checkIpAddress(root: Field): void {
  const parent = root.get('spec').get('parentRef')
  if (!parent.has) return parent.required()
  parent.get('group').mayBe(subdomain)
  parent.get('resource').needs(pathSegment)
  parent.get('name').needs(pathSegment)
  parent.get('namespace').mayBe(pathSegment)
}

/** A ServiceCIDR (ValidateServiceCIDR). */
export function checkServiceCidr(root: Field): void {
  const cidrs = root.get('spec').get('cidrs')
  if (cidrs.size === 0) return cidrs.required('at least one CIDR required')
  if (cidrs.size > 2) return cidrs.invalid('may only hold up to 2 values')
  for (const cidr of cidrs.items()) cidr.must(strictNetwork)
  const sound = cidrs.texts().every(text => parseNetwork(text) !== undefined)
  if (cidrs.size === 2 && sound && !isDualStack(cidrs.texts()))
    cidrs.invalid(
      'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
    )
}
