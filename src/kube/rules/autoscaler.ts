import type { Field } from './field.ts'
import { dnsLabel, pathSegment } from './format.ts'
import { amountOf, checkContainerResourceName, quoted } from './resource.ts'

/** A HorizontalPodAutoscaler, v1 and v2 (1.36 autoscaling/validation). */
export function checkAutoscaler(root: Field): void {
  const spec = root.get('spec')
  const [least, most] = [spec.get('minReplicas'), spec.get('maxReplicas')]
  const low = least.orNumber(1)
  const high = most.orNumber(0)
  if (low < 1) least.invalid('must be greater than or equal to 1')
  if (high === 0) most.required('must be set and greater than 0')
  else if (high < 0) most.invalid('must be greater than or equal to 1')
  if (high < low) most.invalid('must be greater than or equal to `minReplicas`', high)
  const target = spec.get('scaleTargetRef')
  checkReference(target, target.get('kind').text === 'ReplicationController')
  const metrics = spec.get('metrics')
  for (const metric of metrics.items()) checkMetric(metric)
  const outside = metrics.items().some(one => ['Object', 'External'].includes(one.get('type').text))
  if (low === 0 && !outside)
    metrics.forbidden(
      'must specify at least one Object or External metric to support scaling to zero replicas',
    )
  const cpu = spec.get('targetCPUUtilizationPercentage')
  if (cpu.orNumber(1) < 1)
    cpu.as('.metrics[0].resource.target.averageUtilization').invalid('must be greater than 0')
  const behavior = spec.get('behavior')
  for (const direction of ['scaleUp', 'scaleDown']) checkScaling(behavior.get(direction))
}

function checkReference(ref: Field, core: boolean): void {
  ref.get('kind').needs(pathSegment)
  ref.get('name').needs(pathSegment)
  const version = ref.get('apiVersion')
  const slashes = version.text.split('/').length - 1
  if (slashes > 1 && version.report.minor >= 34)
    version.invalid(`unexpected GroupVersion string: ${version.text}`)
  else if (version.report.minor >= 34 && !core && (slashes === 0 || version.text.startsWith('/')))
    version.invalid('apiVersion must specify API group', version.text)
}

function checkScaling(rules: Field): void {
  if (!rules.has) return
  const window = rules.get('stabilizationWindowSeconds')
  if (window.orNumber(0) < 0) window.invalid('must be greater than or equal to zero')
  if (window.orNumber(0) > 3600) window.invalid('must be less than or equal to 3600')
  rules.get('selectPolicy').oneOf(['Disabled', 'Max', 'Min'])
  const policies = rules.get('policies')
  if (policies.has && policies.size === 0) policies.required('must specify at least one Policy')
  for (const policy of policies.items()) {
    const [type, value, period] = [
      policy.get('type'),
      policy.get('value'),
      policy.get('periodSeconds'),
    ]
    if (!['Percent', 'Pods'].includes(type.text)) type.unsupported(['Percent', 'Pods'])
    if (value.orNumber(0) <= 0) value.invalid('must be greater than zero', value.orNumber(0))
    if (period.orNumber(0) <= 0) period.invalid('must be greater than zero', period.orNumber(0))
    if (period.orNumber(0) > 1800) period.invalid('must be less than or equal to 1800')
  }
  const tolerance = rules.get('tolerance')
  const amount = amountOf(tolerance)
  if (rules.report.minor >= 35 && amount !== undefined && amount.nano < 0n)
    tolerance.invalid('must be greater than or equal to 0', quoted(amount))
}

const sources: Readonly<Record<string, (source: Field) => void>> = {
  object: checkObject,
  external: checkExternal,
  pods: checkPods,
  resource: checkResource,
  containerResource: checkContainerResource,
}
const TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource']

function checkMetric(metric: Field): void {
  const type = metric.get('type')
  if (type.text === '') type.required('must specify a metric source type')
  if (!TYPES.includes(type.text)) type.unsupported(TYPES)
  const present = Object.keys(sources).filter(name => metric.get(name).has)
  const first = present[0]
  if (first !== undefined) sources[first]?.(metric.get(first))
  const expected = `${type.text.slice(0, 1).toLowerCase()}${type.text.slice(1)}`
  if (TYPES.includes(type.text) && !metric.get(expected).has)
    metric.get(expected).required('must populate information for the given metric source')
  if (present.length > 1)
    for (const name of present.filter(one => one !== expected))
      metric.get(name).forbidden('must populate the given metric source only')
}

function checkTarget(target: Field): void {
  const type = target.get('type')
  if (type.text === '') type.required('must specify a metric target type')
  if (!['Utilization', 'Value', 'AverageValue'].includes(type.text))
    type.invalid('must be either Utilization, Value, or AverageValue', type.text)
  for (const name of ['value', 'averageValue']) {
    const amount = amountOf(target.get(name))
    if (amount !== undefined && amount.nano <= 0n)
      target.get(name).invalid('must be positive', quoted(amount))
  }
  const utilization = target.get('averageUtilization')
  if (utilization.orNumber(1) < 1) utilization.invalid('must be greater than 0')
}

function checkIdentified(source: Field): void {
  const name = source.get('metric').get('name')
  if (name.text === '') name.required('must specify a metric name')
  else name.must(pathSegment)
  checkTarget(source.get('target'))
}

function checkObject(source: Field): void {
  checkReference(source.get('describedObject'), true)
  checkIdentified(source)
  const target = source.get('target')
  if (!target.get('value').has && !target.get('averageValue').has)
    target.get('averageValue').required('must set either a target value or averageValue')
}

function checkExternal(source: Field): void {
  checkIdentified(source)
  const target = source.get('target')
  const [value, average] = [target.get('value'), target.get('averageValue')]
  if (!value.has && !average.has)
    average.required('must set either a target value for metric or a per-pod target')
  if (value.has && average.has)
    value.forbidden('may not set both a target value for metric and a per-pod target')
}

function checkPods(source: Field): void {
  checkIdentified(source)
  const average = source.get('target').get('averageValue')
  if (!average.has) average.required('must specify a positive target averageValue')
}

function checkResource(source: Field): void {
  source.get('name').needsText('must specify a resource name')
  const target = source.get('target')
  checkTarget(target)
  const [utilization, average] = [target.get('averageUtilization'), target.get('averageValue')]
  if (!utilization.has && !average.has)
    utilization.required('must set either a target raw value or a target utilization')
  if (utilization.has && average.has)
    average.forbidden('may not set both a target raw value and a target utilization')
}

function checkContainerResource(source: Field): void {
  const container = source.get('container')
  if (container.text === '') container.required('must specify a container')
  else container.must(dnsLabel)
  const name = source.get('name')
  if (name.text !== '') checkContainerResourceName(name, name.text)
  checkResource(source)
}
