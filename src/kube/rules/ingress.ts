import type { Field } from './field.ts'
import {
  dns1035Label,
  dnsLabel,
  pathSegment,
  portName,
  prefixedPath,
  subdomain,
  wildcard,
} from './format.ts'
import { parseIp } from './ip.ts'
import { checkPortNumber } from './port.ts'

/** An Ingress (1.36 networking/validation ValidateIngressCreate). */
export function checkIngress(root: Field): void {
  const spec = root.get('spec')
  const [rules, backend] = [spec.get('rules'), spec.get('defaultBackend')]
  if (rules.size === 0 && !backend.has)
    spec.invalid('either `defaultBackend` or `rules` must be specified', [])
  if (backend.has) checkBackend(backend)
  for (const rule of rules.items()) checkRule(rule)
  for (const tls of spec.get('tls').items()) {
    for (const host of tls.get('hosts').items())
      host.must(host.text.includes('*') ? wildcard : subdomain)
    tls.get('secretName').mayBe(subdomain)
  }
  const name = spec.get('ingressClassName')
  if (name.has) name.must(subdomain)
  const annotation = root.get('metadata').get('annotations').get('kubernetes.io/ingress.class')
  if (annotation.has && name.has && annotation.text !== name.text)
    annotation
      .under(root.get('annotations'))
      .invalid('must match `ingressClassName` when both are specified')
}

function checkRule(rule: Field): void {
  const host = rule.get('host')
  if (host.text !== '') {
    if (parseIp(host.text) !== undefined) host.invalid('must be a DNS name, not an IP address')
    host.must(host.text.includes('*') ? wildcard : subdomain)
  }
  const http = rule.get('http')
  if (!http.has) return
  const paths = http.get('paths')
  if (paths.size === 0) paths.required()
  for (const path of paths.items()) checkPath(path)
}

const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F']
const ENDS = ['/..', '/.']

function checkPath(at: Field): void {
  const [type, path] = [at.get('pathType'), at.get('path')]
  if (!type.has) return type.required('pathType must be specified')
  const relative = !path.text.startsWith('/')
  if (type.text === 'Exact' || type.text === 'Prefix') {
    if (relative) path.invalid('must be an absolute path', path.text)
    for (const one of SEQUENCES)
      if (path.text.includes(one)) path.invalid(`must not contain '${one}'`)
    for (const one of ENDS) if (path.text.endsWith(one)) path.invalid(`cannot end with '${one}'`)
  } else if (type.text === 'ImplementationSpecific') {
    if (path.text !== '' && relative) path.invalid('must be an absolute path')
  } else type.unsupported(['Exact', 'ImplementationSpecific', 'Prefix'])
  checkBackend(at.get('backend'))
}

function checkBackend(backend: Field): void {
  const [service, resource] = [backend.get('service'), backend.get('resource')]
  if (service.has && resource.has)
    return backend.invalid('cannot set both resource and service backends', '')
  if (resource.has) return checkReference(resource)
  if (!service.has) return backend.invalid('resource or service backend is required', '')
  service.get('name').needs(backend.report.minor >= 34 ? dnsLabel : dns1035Label)
  const port = service.get('port')
  const [name, number] = [port.get('name'), port.get('number')]
  const numbered = number.orNumber(0) !== 0
  if (name.text !== '' && numbered) backend.invalid('cannot set both port name & port number', '')
  else if (name.text !== '') name.must(portName)
  else if (numbered) checkPortNumber(number)
  else backend.required('port name or number is required')
}

/** A reference to any object beside (validateIngressTypedLocalObjectReference). */
function checkReference(ref: Field): void {
  const group = ref.get('apiGroup')
  if (group.has) group.must(subdomain)
  ref.get('kind').needs(pathSegment)
  ref.get('name').needs(pathSegment)
}

/** An IngressClass (ValidateIngressClass). */
export function checkIngressClass(root: Field): void {
  const spec = root.get('spec')
  const [controller, parameters] = [spec.get('controller'), spec.get('parameters')]
  if (controller.text.length > 250) controller.tooLong(250)
  controller.needs(prefixedPath)
  if (!parameters.has) return
  checkReference(parameters)
  const [scope, namespace] = [parameters.get('scope'), parameters.get('namespace')]
  const kind = scope.has ? scope.text : 'Cluster'
  if (kind !== 'Cluster' && kind !== 'Namespace') scope.unsupported(['Cluster', 'Namespace'])
  if (kind === 'Namespace') {
    if (namespace.has) namespace.must(dnsLabel)
    else namespace.required("`parameters.scope` is set to 'Namespace'")
  }
  if (kind === 'Cluster' && namespace.has)
    namespace.forbidden("`parameters.scope` is set to 'Cluster'")
}
