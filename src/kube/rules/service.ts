import type { Field } from './field.ts'
import { dnsLabel, portNumber, qualifiedName, subdomain } from './format.ts'
import { checkEndpointIp, checkIp, checkNetwork, isDualStack, parseIp } from './ip.ts'
import { checkAppProtocol, checkPort, checkPortNumber, PROTOCOLS } from './port.ts'
import { checkLabels } from './selector.ts'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']

/** What most rules ask of a service; defaults applied. */
interface Facts {
  readonly spec: Field
  readonly type: string
  readonly headless: boolean
  /** Reachable from outside: by node port, load balancer or external address. */
  readonly external: boolean
}

function factsOf(spec: Field): Facts {
  const type = spec.get('type').or('ClusterIP')
  const ips = spec.get('clusterIPs').texts()
  const only = ips.length > 0 ? ips : [spec.get('clusterIP').text]
  return {
    spec,
    type,
    headless: type !== 'ExternalName' && only.length === 1 && only[0] === 'None',
    external:
      type === 'LoadBalancer' ||
      type === 'NodePort' ||
      (type === 'ClusterIP' && spec.get('externalIPs').size > 0),
  }
}

/** 1.36 core/validation ValidateServiceCreate, and what the allocators of addresses and ports refuse. */
export function checkService(root: Field): void {
  const service = factsOf(root.get('spec'))
  const { spec } = service
  checkHints(root.get('metadata').get('annotations'))
  checkType(service)
  checkPorts(service)
  checkLabels(spec.get('selector'))
  checkAffinity(spec)
  if (service.type !== 'ExternalName') checkClusterIps(service)
  for (const ip of spec.get('externalIPs').items()) if (checkIp(ip)) checkEndpointIp(ip)
  checkRanges(service, root)
  checkBalancer(service)
  checkTraffic(service)
}

function checkHints(annotations: Field): void {
  const hints = annotations.get('service.kubernetes.io/topology-aware-hints')
  const mode = annotations.entry('service.kubernetes.io/topology-mode')
  if (hints.has && mode.has && hints.text !== mode.text)
    mode.invalid(
      'must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified',
    )
}

function checkType({ spec, type, headless }: Facts): void {
  const field = spec.get('type')
  if (!TYPES.includes(type)) field.unsupported(TYPES)
  if (headless && (type === 'LoadBalancer' || type === 'NodePort'))
    spec
      .get('clusterIP')
      .as('.clusterIPs[0]')
      .invalid(`may not be set to 'None' for ${type} services`, 'None')
  if (type !== 'ExternalName') return
  for (const name of ['clusterIPs', 'ipFamilies'])
    if (spec.get(name).size > 0)
      spec.get(name).forbidden('may not be set for ExternalName services')
  const [ip, policy] = [spec.get('clusterIP'), spec.get('ipFamilyPolicy')]
  if (ip.text !== '' && spec.get('clusterIPs').size === 0)
    ip.as('.clusterIPs').forbidden('may not be set for ExternalName services')
  if (policy.has) policy.forbidden('may not be set for ExternalName services')
  const name = spec.get('externalName')
  if (name.text.replace(/\.$/, '') === '') name.required()
  else name.must(text => subdomain(text.replace(/\.$/, '')))
}

function checkPorts({ spec, type, headless }: Facts): void {
  const list = spec.get('ports')
  if (list.size === 0 && !headless && type !== 'ExternalName') list.required()
  const names = new Set<string>()
  const taken = new Set<string>()
  for (const port of list.items()) {
    const [name, number, node] = [port.get('name'), port.get('port'), port.get('nodePort')]
    if (name.text === '' && list.size > 1) name.required()
    else if (name.text !== '') {
      name.must(dnsLabel)
      if (names.has(name.text)) name.duplicate()
      names.add(name.text)
    }
    checkPortNumber(number)
    const protocol = port.get('protocol')
    if (!PROTOCOLS.includes(protocol.or('TCP'))) protocol.unsupported(PROTOCOLS)
    checkTarget(port.get('targetPort'), number)
    checkAppProtocol(port.get('appProtocol'))
    const key = `${protocol.or('TCP')}/${number.orNumber(0)}`
    if (taken.has(key)) port.duplicate()
    taken.add(key)
    if (node.orNumber(0) !== 0) checkNodePort(node, type)
  }
  if (type !== 'ExternalName') checkNodePorts(list)
}

/** The target defaults to the port itself. */
function checkTarget(target: Field, port: Field): void {
  if (target.has && target.text !== '' && target.number !== 0) checkPort(target)
  else checkPortNumber(port.as('.targetPort'))
}

function checkNodePort(node: Field, type: string): void {
  if (type === 'ClusterIP') return node.forbidden("may not be used when `type` is 'ClusterIP'")
  const port = node.orNumber(0)
  const outside = port < 30000 || port > 32767
  if (outside && (type === 'NodePort' || type === 'LoadBalancer'))
    node.warn('provided port is not in the valid range. The range of valid ports is 30000-32767')
}

/** One node port is one protocol's, and one service port's. */
function checkNodePorts(list: Field): void {
  const taken = new Set<string>()
  const owners = new Map<number, number>()
  for (const port of list.items()) {
    const node = port.get('nodePort')
    if (node.orNumber(0) === 0) continue
    const key = `${port.get('protocol').or('TCP')}/${node.number}`
    if (taken.has(key)) node.duplicate()
    taken.add(key)
    const own = port.get('port').orNumber(0)
    const owner = owners.get(node.orNumber(0))
    if (owner !== undefined && owner !== own) node.invalid('provided port is already allocated')
    owners.set(node.orNumber(0), owner ?? own)
  }
}

const MOST_SECONDS = 86400

function checkAffinity(spec: Field): void {
  const affinity = spec.get('sessionAffinity')
  if (affinity.text !== '') affinity.oneOf(['ClientIP', 'None'])
  if (affinity.text !== 'ClientIP') return
  const timeout = spec.get('sessionAffinityConfig').get('clientIP').get('timeoutSeconds')
  if (timeout.has && (timeout.orNumber(1) <= 0 || timeout.orNumber(1) > MOST_SECONDS))
    timeout.invalid(`must be greater than 0 and less than ${MOST_SECONDS}`)
}

/** ValidateServiceClusterIPsRelatedFields. */
function checkClusterIps({ spec, headless }: Facts): void {
  const [ip, ips] = [spec.get('clusterIP'), spec.get('clusterIPs')]
  if (ip.text !== '' && ips.size > 0 && ips.texts()[0] !== ip.text)
    ips.invalid('first value must match `clusterIP`')
  if (ip.text === '' && ips.size > 0) ips.invalid('must be empty when `clusterIP` is not specified')
  checkFamilies(spec)
  const list = ips.size > 0 ? ips.items() : ip.text === '' ? [] : [ip.as('.clusterIPs[0]')]
  let sound = true
  for (const [i, one] of list.entries()) {
    if (i === 0 && one.text === 'None') {
      if (list.length === 1) continue
      ips.invalid("'None' must be the first and only value")
      sound = false
    } else sound = checkIp(one) && sound
  }
  if (list.length > 2) ips.invalid('may only hold up to 2 values')
  if (!sound) return
  if (list.length > 1 && !isDualStack(ips.texts()))
    ips.invalid('may specify no more than one IP for each IP family')
  if (!headless) checkFamilyOrder(list, spec.get('ipFamilies').texts())
}

const FAMILIES = ['IPv4', 'IPv6']

function checkFamilies(spec: Field): void {
  const seen = new Set<string>()
  for (const family of spec.get('ipFamilies').items()) {
    family.oneOf(FAMILIES)
    if (seen.has(family.text)) family.duplicate()
    seen.add(family.text)
  }
  const policy = spec.get('ipFamilyPolicy')
  policy.oneOf(['PreferDualStack', 'RequireDualStack', 'SingleStack'])
  if (policy.text === 'SingleStack' && spec.get('ipFamilies').size > 1)
    policy.invalid(
      "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
    )
}

function checkFamilyOrder(ips: readonly Field[], families: readonly string[]): void {
  for (const [i, family] of families.slice(0, ips.length).entries()) {
    const ip = ips[i]
    if (ip === undefined || !FAMILIES.includes(family)) continue
    const actual = parseIp(ip.text)?.bits === 128 ? 'IPv6' : 'IPv4'
    if (actual !== family)
      ip.invalid(`expected an ${family} value as indicated by \`ipFamilies[${i}]\``)
  }
}

const RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges'

function checkRanges({ spec, type }: Facts, root: Field): void {
  const ranges = spec.get('loadBalancerSourceRanges').as('.LoadBalancerSourceRanges')
  const annotation = root.get('metadata').get('annotations').entry(RANGES)
  const only = "may only be used when `type` is 'LoadBalancer'"
  if (ranges.size > 0) {
    if (type !== 'LoadBalancer') ranges.forbidden(only)
    for (const range of ranges.items()) checkNetwork(range, range.text.trim())
  } else if (annotation.has) {
    if (type !== 'LoadBalancer') annotation.forbidden(only)
    if (annotation.text.trim() !== '')
      for (const one of annotation.text.trim().split(',')) checkNetwork(annotation, one.trim())
  }
}

function checkBalancer({ spec, type }: Facts): void {
  const [allocate, kind] = [
    spec.get('allocateLoadBalancerNodePorts'),
    spec.get('loadBalancerClass'),
  ]
  const only = "may only be used when `type` is 'LoadBalancer'"
  if (allocate.has && type !== 'LoadBalancer') allocate.forbidden(only)
  if (!kind.has) return
  if (type === 'LoadBalancer') kind.must(qualifiedName)
  else kind.forbidden(only)
}

function checkTraffic({ spec, type, external }: Facts): void {
  const policy = spec.get('externalTrafficPolicy')
  if (!external && policy.text !== '')
    policy.invalid('may only be set for externally-accessible services')
  if (external && policy.text !== '') policy.oneOf(['Cluster', 'Local'])
  const health = spec.get('healthCheckNodePort')
  const needed = type === 'LoadBalancer' && policy.text === 'Local'
  if (health.orNumber(0) !== 0) {
    if (!needed) {
      health.invalid(
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      )
    } else if (portNumber(health.orNumber(0)).length > 0) checkPortNumber(health)
    else checkNodePort(health, type)
  }
  spec.get('internalTrafficPolicy').oneOf(['Cluster', 'Local'])
  const distribution = spec.get('trafficDistribution')
  const same = spec.report.minor >= 34 ? ['PreferSameZone', 'PreferSameNode'] : []
  distribution.oneOf(['PreferClose', ...same])
}
