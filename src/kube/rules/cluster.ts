import { checkTaints } from './placement.ts'
import type { Field } from './field.ts'
import { dns1035Label, portNumber, subdomain } from './format.ts'
import { checkNetwork, isDualStack } from './ip.ts'
import { checkAmount } from './resource.ts'

/** A Node (1.36 core/validation ValidateNode): its status is taken as it is given. */
export function checkNode(root: Field): void {
  const spec = root.get('spec')
  checkTaints(spec.get('taints').under(root.get('metadata')))
  for (const name of ['capacity', 'allocatable'])
    for (const [key, value] of root.get('status').get(name).entries())
      checkAmount(value.as(`.${key}`), key)
  checkRanges(spec.get('podCIDRs'), spec.get('podCIDR'))
}

/** The old single range wins where the two differ. */
function checkRanges(ranges: Field, single: Field): void {
  const first = ranges.items()[0]
  if (single.text !== '' && first?.text !== single.text)
    return checkNetwork(single.as('.podCIDRs[0]'))
  for (const range of ranges.items()) checkNetwork(range)
  if (ranges.size > 2 || (ranges.size === 2 && !isDualStack(ranges.texts())))
    ranges.invalid('may specify no more than one CIDR for each IP family')
}

/** An APIService (1.36 kube-aggregator apiregistration/validation ValidateAPIService). */
export function checkApiService(root: Field): void {
  const spec = root.get('spec')
  const [group, version] = [spec.get('group'), spec.get('version')]
  const name = root.get('metadata').get('name')
  const wanted = `${version.text}.${group.text}`
  if (name.text !== wanted)
    name.invalid(`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`)
  const prefix = root.get('metadata').get('generateName')
  if (prefix.text !== '')
    prefix.invalid(`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`)
  if (group.text === '' && version.text !== 'v1')
    group.required('only v1 may have an empty group and it better be legacy kube')
  group.mayBe(subdomain)
  version.must(dns1035Label)
  checkPriority(spec.get('groupPriorityMinimum'), 20_000)
  checkPriority(spec.get('versionPriority'), 1000)
  checkBackend(spec)
}

function checkPriority(field: Field, most: number): void {
  const value = field.orNumber(0)
  if (value <= 0 || value > most) field.invalid(`must be positive and less than ${most}`, value)
}

function checkBackend(spec: Field): void {
  const [service, bundle] = [spec.get('service'), spec.get('caBundle')]
  const insecure = spec.get('insecureSkipTLSVerify')
  if (!service.has) {
    if (bundle.text !== '') bundle.wrong('local APIServices may not have a caBundle')
    if (insecure.isTrue) insecure.invalid('local APIServices may not have insecureSkipTLSVerify')
    return
  }
  for (const name of ['namespace', 'name']) service.get(name).needsText()
  const port = service.get('port')
  const complaints = portNumber(port.orNumber(443))
  if (complaints.length > 0) port.invalid(`port is not valid: ${complaints.join(', ')}`)
  if (insecure.isTrue && bundle.text !== '')
    insecure.invalid('may not be true if caBundle is present')
}
