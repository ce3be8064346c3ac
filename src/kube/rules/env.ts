import type { Field } from './field.ts'
import {
  asPrefix,
  configKey,
  dnsLabel,
  environmentName,
  qualifiedName,
  subdomain,
} from './format.ts'
import { checkNoBacksteps } from './path.ts'
import { parseQuantity, spellingOf } from './quantity.ts'
import { numberText } from './resource.ts'

/** A container's environment (1.36 core/validation ValidateEnv). */
export function checkEnv(env: Field): void {
  for (const one of env.items()) {
    one.get('name').needs(environmentName)
    const from = one.get('valueFrom')
    if (from.has) checkValueFrom(from, one.get('value').text)
  }
}

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef']

const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]

function checkValueFrom(from: Field, value: string): void {
  const files = from.report.minor >= 35
  const sources = files ? SOURCES : SOURCES.slice(0, 4)
  const present = sources.filter(name => from.get(name).has)
  if (from.get('fieldRef').has) checkFieldRef(from.get('fieldRef'), FIELDS)
  if (from.get('resourceFieldRef').has) checkResourceRef(from.get('resourceFieldRef'), false)
  for (const name of ['configMapKeyRef', 'secretKeyRef'])
    if (from.get(name).has) checkKeyRef(from.get(name))
  if (files && from.get('fileKeyRef').has) checkFileRef(from.get('fileKeyRef'))
  if (present.length === 0) {
    const names = sources.map(one => `\`${one}\``)
    from.invalid(`must specify one of: ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`, '')
  } else if (value !== '') from.invalid('may not be specified when `value` is not empty', '')
  else if (present.length > 1)
    from.invalid('may not have more than one field specified at a time', '')
}

const CONVERTIBLE = [
  'metadata.annotations',
  'metadata.labels',
  ...FIELDS,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'spec.host',
]

/** ValidateObjectFieldSelector: `allowed` are the paths without subscript. */
export function checkFieldRef(ref: Field, allowed: readonly string[]): void {
  const version = ref.get('apiVersion').or('v1')
  const at = ref.get('fieldPath')
  const path = at.text
  if (path === '') return at.required()
  const fail = (why: string) => at.invalid(`error converting fieldPath: ${why}`)
  if (version !== 'v1') return fail(`unsupported pod version: ${version}`)
  const parts = /^(.+?)\['(.*)'\]$/.exec(path)
  if (parts === null) {
    if (!CONVERTIBLE.includes(path)) return fail(`field label not supported: ${path}`)
    const internal = path === 'spec.host' ? 'spec.nodeName' : path
    if (!allowed.includes(internal)) at.unsupported([...allowed].sort())
    return
  }
  const [, base = '', subscript = ''] = parts
  if (base === 'metadata.annotations') checkSubscript(ref, subscript.toLowerCase())
  else if (base === 'metadata.labels') checkSubscript(ref, subscript)
  else fail(`field label does not support subscript: ${path}`)
}

function checkSubscript(ref: Field, subscript: string): void {
  for (const complaint of qualifiedName(subscript)) ref.invalid(complaint, subscript)
}

const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
]
const BYTES = /^1([kMGTPE]|[KMGTPE]i)?$/

/** ValidateContainerResourceFieldSelector. `volume`: a downward volume must name the container. */
export function checkResourceRef(ref: Field, volume: boolean): void {
  const resource = ref.get('resource')
  const huge = /^(requests|limits)\.hugepages-/.test(resource.text)
  if (volume && ref.get('containerName').text === '') ref.get('containerName').required()
  else if (resource.text === '') resource.required()
  else if (!RESOURCES.includes(resource.text) && !huge) resource.unsupported(RESOURCES)
  const divisor = ref.get('divisor')
  const written = numberText(divisor)
  const text = spellingOf(written)
  if (text === undefined || parseQuantity(written)?.nano === 0n) return
  const name = resource.text
  if (name.endsWith('.cpu')) {
    if (text !== '1' && text !== '1m')
      divisor.invalid("only divisor's values 1m and 1 are supported with the cpu resource", name)
  } else if ((RESOURCES.includes(name) || huge) && !BYTES.test(text)) {
    const kind = name.endsWith('.memory')
      ? 'memory'
      : huge
        ? 'hugepages'
        : 'local ephemeral storage'
    divisor.invalid(
      `only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the ${kind} resource`,
      name,
    )
  }
}

/** A key of a ConfigMap or a Secret (validateConfigMapKeySelector). */
function checkKeyRef(ref: Field): void {
  ref.get('name').must(subdomain)
  ref.get('key').needs(configKey)
}

function checkFileRef(ref: Field): void {
  ref.get('key').needs(environmentName)
  ref.get('volumeName').needs(dnsLabel)
  const path = ref.get('path')
  if (path.text === '') path.required()
  else checkNoBacksteps(path)
}

/** ValidateEnvFrom. */
export function checkEnvFrom(list: Field): void {
  for (const one of list.items()) {
    one.get('prefix').mayBe(environmentName)
    const sources = ['configMapRef', 'secretRef'].filter(name => one.get(name).has)
    for (const name of sources)
      one
        .get(name)
        .get('name')
        .needs(text => subdomain(asPrefix(text)))
    if (sources.length === 0)
      list.near(one).invalid('must specify one of: `configMapRef` or `secretRef`', '')
    else if (sources.length > 1)
      list.near(one).invalid('may not have more than one field specified at a time', '')
  }
}
