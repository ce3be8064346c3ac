import type { Field } from './field.ts'
import { percent } from './format.ts'
import {
  checkLabels,
  checkSelector,
  isEmptySelector,
  isUsable,
  labelsOf,
  matches,
  matchesAll,
} from './selector.ts'
import { checkTemplate, checkTemplateMeta } from './template.ts'

/** How a controller's kind speaks of itself. */
export interface Controller {
  /** In `empty selector is invalid for …`. */
  readonly name: string
  /** In `activeDeadlineSeconds in … is not Supported`. */
  readonly kind: string
  /** Names of claim templates: volumes that the controller adds. */
  readonly claims?: readonly Field[]
  /** Only the template's metadata is judged. */
  readonly partial?: boolean
}

/** A controller's selector and template (1.36 apps/validation ValidatePodTemplateSpecFor…). */
export function checkControlled(spec: Field, controller: Controller): void {
  const selector = spec.get('selector')
  if (selector.has) {
    checkSelector(selector)
    if (isEmptySelector(selector))
      selector.invalid(`empty selector is invalid for ${controller.name}`)
  } else selector.required()
  if (!isUsable(selector)) return selector.invalid('invalid label selector')
  const template = spec.get('template')
  if (!selector.has || !isEmptySelector(selector)) {
    const labels = template.get('metadata').get('labels')
    if (!matches(selector, labelsOf(labels))) mismatch(template)
  }
  if (controller.partial === true) checkTemplateMeta(template)
  else checkTemplate(template, controller.claims)
  checkAlways(template, controller)
}

function mismatch(template: Field): void {
  template.get('metadata').get('labels').invalid('`selector` does not match template `labels`')
}

function checkAlways(template: Field, controller: Controller): void {
  const spec = template.get('spec')
  const policy = spec.get('restartPolicy')
  if (policy.or('Always') !== 'Always') policy.unsupported(['Always'])
  const deadline = spec.get('activeDeadlineSeconds')
  if (deadline.has)
    deadline.forbidden(`activeDeadlineSeconds in ${controller.kind} is not Supported`)
}

/** A whole number or a percentage (ValidatePositiveIntOrPercent, IsNotMoreThan100Percent). */
export function checkIntOrPercent(field: Field, capped: boolean = true): void {
  if (!field.has) return
  if (!field.isText) return field.nonNegative()
  field.must(percent)
  if (capped && /^\d+%$/.test(field.text) && Number.parseInt(field.text, 10) > 100)
    field.invalid('must not be greater than 100%')
}

/** The number of an int-or-percent; what is neither counts as zero. */
function valueOf(field: Field, fallback: number): number {
  if (!field.has) return fallback
  if (!field.isText) return field.orNumber(0)
  return /^\d+%?$/.test(field.text) ? Number.parseInt(field.text, 10) : 0
}

/** 1.36 apps/validation ValidateDeploymentSpec. */
export function checkDeployment(root: Field): void {
  const spec = root.get('spec')
  for (const name of ['replicas', 'minReadySeconds', 'revisionHistoryLimit'])
    spec.get(name).nonNegative()
  checkControlled(spec, { name: 'deployment', kind: 'ReplicaSet' })
  checkDeploymentStrategy(spec.get('strategy'))
  const deadline = spec.get('progressDeadlineSeconds')
  deadline.nonNegative()
  if (deadline.orNumber(600) <= spec.get('minReadySeconds').orNumber(0))
    deadline.invalid('must be greater than minReadySeconds', deadline.orNumber(600))
}

function checkDeploymentStrategy(strategy: Field): void {
  const rolling = strategy.get('rollingUpdate')
  const type = strategy.get('type').or('RollingUpdate')
  if (type === 'Recreate') {
    if (rolling.has) rolling.forbidden("may not be specified when strategy `type` is 'Recreate'")
  } else if (type !== 'RollingUpdate') strategy.unsupported(['Recreate', 'RollingUpdate'])
  else {
    const [unavailable, surge] = [rolling.get('maxUnavailable'), rolling.get('maxSurge')]
    checkIntOrPercent(unavailable)
    checkIntOrPercent(surge, false)
    if (valueOf(unavailable, 25) === 0 && valueOf(surge, 25) === 0)
      unavailable.invalid('may not be 0 when `maxSurge` is 0')
  }
}

/** ValidateReplicaSetSpec. */
export function checkReplicaSet(root: Field): void {
  const spec = root.get('spec')
  for (const name of ['replicas', 'minReadySeconds']) spec.get(name).nonNegative()
  checkControlled(spec, { name: 'deployment', kind: 'ReplicaSet' })
}

/** ValidateDaemonSetSpec. */
export function checkDaemonSet(root: Field): void {
  const spec = root.get('spec')
  for (const name of ['minReadySeconds', 'revisionHistoryLimit']) spec.get(name).nonNegative()
  const selector = spec.get('selector')
  checkSelector(selector)
  const template = spec.get('template')
  const labels = labelsOf(template.get('metadata').get('labels'))
  if (isUsable(selector) && !matches(selector, labels)) mismatch(template)
  if (selector.has && isEmptySelector(selector))
    selector.invalid('empty selector is invalid for daemonset')
  checkTemplate(template)
  checkAlways(template, { name: 'daemonset', kind: 'DaemonSet' })
  checkDaemonStrategy(spec.get('updateStrategy'))
}

function checkDaemonStrategy(strategy: Field): void {
  const type = strategy.get('type').or('RollingUpdate')
  if (type === 'OnDelete') return
  if (type !== 'RollingUpdate') return strategy.unsupported(['RollingUpdate', 'OnDelete'])
  const rolling = strategy.get('rollingUpdate')
  const [unavailable, surge] = [rolling.get('maxUnavailable'), rolling.get('maxSurge')]
  checkIntOrPercent(unavailable)
  checkIntOrPercent(surge)
  const some = valueOf(unavailable, 1) !== 0
  const more = valueOf(surge, 0) !== 0
  if (some && more) surge.invalid('may not be set when maxUnavailable is non-zero')
  if (!some && !more) unavailable.required('cannot be 0 when maxSurge is 0')
}

/** 1.36 core/validation ValidateReplicationControllerSpec; selector and labels default to the template's. */
export function checkReplicationController(root: Field): void {
  const spec = root.get('spec')
  for (const name of ['replicas', 'minReadySeconds']) spec.get(name).nonNegative()
  const [selector, template] = [spec.get('selector'), spec.get('template')]
  if (!template.has) {
    if (selector.size === 0) selector.required()
    return template.required()
  }
  const labels = template.get('metadata').get('labels')
  if (selector.size === 0 && labels.size === 0) selector.required()
  const own = root.get('metadata').get('labels')
  if (own.size === 0) checkLabels(labels.under(root.get('metadata')))
  if (selector.size > 0 && !matchesAll(selector, labelsOf(labels))) mismatch(template)
  checkTemplate(template)
  checkAlways(template, { name: '', kind: 'ReplicationController' })
}
