import type { Field } from './field.ts'
import { checkEnv, checkEnvFrom } from './env.ts'
import { dnsLabel } from './format.ts'
import { checkLifecycle, checkProbes, type Grace } from './handler.ts'
import { checkMounts, type Volumes } from './mount.ts'
import { checkContainerPorts, checkHostPorts } from './port.ts'
import { checkResources } from './resource.ts'
import { checkSecurityContext } from './security.ts'

/** What a container's rules need to know of its pod. */
export interface PodFacts extends Grace {
  readonly volumes: Volumes
  /** Names in spec.resourceClaims. */
  readonly claims: readonly string[]
  readonly hostUsers: boolean
  readonly hostNetwork: boolean
  /** Spec.restartPolicy, defaulted. */
  readonly restartPolicy: string
}

const PULL = ['Always', 'IfNotPresent', 'Never']

/** What all kinds of containers have in common (1.36 core/validation validateContainerCommon). */
function checkCommon(container: Field, pod: PodFacts): void {
  container.get('name').needs(dnsLabel)
  container.get('image').needsText()
  checkDefaulted(container.get('terminationMessagePolicy'), ['FallbackToLogsOnError', 'File'])
  checkContainerPorts(container.get('ports'))
  checkEnv(container.get('env'))
  checkEnvFrom(container.get('envFrom'))
  checkMounts(container, pod.volumes)
  checkDefaulted(container.get('imagePullPolicy'), PULL)
  checkResources(container.get('resources'), pod.claims)
  checkResizePolicy(container.get('resizePolicy'), pod.restartPolicy)
  checkSecurityContext(container.get('securityContext'), pod.hostUsers)
}

/** A field whose empty value is defaulted. */
export function checkDefaulted(field: Field, values: readonly string[]): void {
  if (field.text !== '') field.oneOf(values)
}

function checkResizePolicy(list: Field, podRestart: string): void {
  const seen = new Set<string>()
  for (const one of list.items()) {
    const name = one.get('resourceName')
    if (seen.has(name.text)) one.duplicate(name.text)
    seen.add(name.text)
    const at = list.near(one)
    if (name.text === '') at.required()
    else if (!['cpu', 'memory'].includes(name.text)) at.unsupported(['cpu', 'memory'], name.text)
    const policy = one.get('restartPolicy').text
    const policies = ['NotRequired', 'RestartContainer']
    if (policy === '') at.required()
    else if (!policies.includes(policy)) at.unsupported(policies, policy)
    if (podRestart === 'Never' && policy !== 'NotRequired')
      at.invalid("must be 'NotRequired' when pod `restartPolicy` is 'Never'", policy)
  }
}

const ACTIONS = ['Restart', 'RestartAllContainers']
const POLICIES = ['Always', 'Never', 'OnFailure']

/** A container's own restart policy and rules (validateContainerRestartPolicy), since 1.35. */
function checkRestart(container: Field): void {
  const policy = container.get('restartPolicy')
  const rules = container.get('restartPolicyRules')
  if (!policy.has && rules.size > 0)
    policy.required('must specify restartPolicy when restart rules are used')
  policy.oneOf(POLICIES)
  if (rules.size > 20) rules.tooMany(rules.size, 20)
  const actions = container.report.minor >= 36 ? ACTIONS : ACTIONS.slice(0, 1)
  for (const rule of rules.items()) {
    const action = rule.get('action')
    if (!actions.includes(action.text)) action.unsupported(actions)
    const codes = rule.get('exitCodes')
    if (!codes.has) {
      codes.required('must be specified')
      continue
    }
    const operator = codes.get('operator')
    if (!['In', 'NotIn'].includes(operator.text)) operator.unsupported(['In', 'NotIn'])
    if (codes.get('values').size > 255) codes.get('values').tooMany(codes.get('values').size, 255)
  }
}

/** The containers of a pod (validateContainers). */
export function checkContainers(list: Field, pod: PodFacts): void {
  if (list.size === 0) return list.required()
  const names = new Set<string>()
  for (const container of list.items()) {
    checkCommon(container, pod)
    const name = container.get('name')
    if (names.has(name.text)) name.duplicate()
    names.add(name.text)
    checkLifecycle(container.get('lifecycle'), pod)
    checkProbes(container, pod)
    if (container.report.minor >= 35) checkRestart(container)
    else if (container.get('restartPolicy').has)
      container.get('restartPolicy').forbidden('may not be set for non-init containers')
  }
  checkHostPorts(list.items(), pod.hostNetwork)
}

const PROBING = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']

/** Init containers; only those that always restart, sidecars, are probed (validateInitContainers). */
export function checkInitContainers(list: Field, regular: Field, pod: PodFacts): void {
  const names = new Set(regular.items().map(one => one.get('name').text))
  for (const container of list.items()) {
    checkCommon(container, pod)
    checkInitRestart(container)
    const name = container.get('name')
    if (names.has(name.text)) name.duplicate()
    if (name.text !== '') names.add(name.text)
    checkHostPorts([container], pod.hostNetwork)
    if (container.get('restartPolicy').text === 'Always') {
      checkLifecycle(container.get('lifecycle'), pod)
      checkProbes(container, pod)
    } else checkPlainInit(container)
  }
}

function checkInitRestart(container: Field): void {
  if (container.report.minor >= 35) return checkRestart(container)
  container.get('restartPolicy').oneOf(['Always'])
}

function checkPlainInit(container: Field): void {
  const lifecycle = container.get('lifecycle').map
  const stopOnly = lifecycle?.size === 1 && lifecycle.has('stopSignal')
  for (const field of stopOnly ? PROBING.slice(1) : PROBING)
    if (container.get(field).has)
      container
        .get(field)
        .forbidden('may not be set for init containers without restartPolicy=Always')
  for (const one of container.get('resizePolicy').items()) {
    const policy = one.get('restartPolicy')
    if (policy.text === 'RestartContainer')
      policy.invalid("must not be set to 'RestartContainer' for non-sidecar initContainers")
  }
}

/** Rules that only a pod of its own has, no template (validateContainerOnlyForPod). */
export function checkPodImages(containers: readonly Field[]): void {
  for (const one of containers) {
    const image = one.get('image')
    if (image.text !== image.text.trim())
      image.invalid('must not have leading or trailing whitespace')
  }
}
