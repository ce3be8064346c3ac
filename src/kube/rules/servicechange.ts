import type { Field } from './field.ts'

/** What of a service is given once (1.36 core/validation ValidateServiceUpdate). */
export function checkServiceChange(old: Field, now: Field): void {
  const [before, after] = [old.get('spec'), now.get('spec')]
  const [was, is] = [before, after].map(spec => spec.get('type').or('ClusterIP'))
  if (was !== 'ExternalName' && is !== 'ExternalName') {
    checkAddress(before, after)
    checkFamily(before.get('ipFamilies'), after.get('ipFamilies'))
  }
  if (was !== 'LoadBalancer' || is !== 'LoadBalancer') return
  const kind = after.get('loadBalancerClass')
  if (before.get('loadBalancerClass').text !== kind.text) kind.immutable('may not change once set')
  const local = [before, after].every(spec => spec.get('externalTrafficPolicy').text === 'Local')
  const health = after.get('healthCheckNodePort')
  const port = before.get('healthCheckNodePort').orNumber(0)
  if (local && health.orNumber(0) !== 0 && health.number !== port)
    health.fixed('field is immutable')
}

/** An address that is asked for must be the one that the service has. */
function checkAddress(before: Field, after: Field): void {
  const [was, is] = [before, after].map(spec => spec.get('clusterIP'))
  if (is === undefined || is.text === '' || is.text === was?.text) return
  is.as('.clusterIPs[0]').immutable('may not change once set')
}

function checkFamily(before: Field, after: Field): void {
  const [was, is] = [before.texts()[0] ?? 'IPv4', after.texts()[0]]
  if (is === undefined || is === was) return
  after.as('.clusterIPs[0]').immutable(`expected an ${is} value as indicated by \`ipFamilies[0]\``)
}
