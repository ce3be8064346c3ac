import type { Field } from './field.ts'

const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod'
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/'
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/'
const MIRROR = 'kubernetes.io/config.mirror'
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations'
const COST = 'controller.kubernetes.io/pod-deletion-cost'

/**
 * Annotations that mean something to a pod (1.36 core/validation ValidatePodSpecificAnnotations).
 * `owner`: what the server names `annotations` under.
 */
export function checkPodAnnotations(meta: Field, spec: Field, owner: Field): void {
  const annotations = meta.get('annotations')
  const at = annotations.as('.annotations').under(owner)
  for (const [key, value] of annotations.entries()) {
    const entry = value.under(at)
    if (key === MIRROR && spec.get('nodeName').text === '')
      entry.invalid('must set spec.nodeName if mirror pod annotation is set')
    if (key === TOLERATIONS && value.text !== '')
      checkTolerationsText(annotations.as('.annotations').under(owner), value)
    if (key === COST && !isCost(value.text)) entry.invalid('must be a 32bit integer')
    if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER))
      checkSeccomp(value.as(`.${key}`).under(at))
    if (key.startsWith(APPARMOR)) checkAppArmor(entry, key.slice(APPARMOR.length), spec)
  }
  if (annotations.size > 0) checkAgreement(annotations, spec)
}

/** ValidateTolerationsInPodAnnotations: a JSON list. */
function checkTolerationsText(at: Field, value: Field): void {
  const problem = listProblem(value.text)
  if (problem !== undefined) at.near(value).invalid(problem, TOLERATIONS)
}

function listProblem(text: string): string | undefined {
  try {
    const read: unknown = JSON.parse(text)
    const isList = Array.isArray(read) && read.every(one => typeof one === 'object')
    return isList || read === null
      ? undefined
      : 'json: cannot unmarshal into Go value of type []core.Toleration'
  } catch {
    return 'invalid character looking for beginning of value'
  }
}

/** Helper.GetDeletionCostFromPodAnnotations: a sign and leading zeros are refused. */
function isCost(text: string): boolean {
  if (!/^(0|-?[1-9]\d{0,9})$/.test(text)) return false
  return Number(text) >= -2147483648 && Number(text) <= 2147483647
}

function checkSeccomp(value: Field): void {
  const profile = value.text
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return
  if (!profile.startsWith('localhost/'))
    return value.invalid('must be a valid seccomp profile', profile)
  const path = profile.slice('localhost/'.length)
  if (path.startsWith('/')) value.invalid('must be a relative path', path)
  if (path.split('/').includes('..')) value.invalid("must not contain '..'", path)
}

function containersOf(spec: Field): readonly Field[] {
  return ['initContainers', 'containers'].flatMap(name => spec.get(name).items())
}

function checkAppArmor(value: Field, container: string, spec: Field): void {
  if (!containersOf(spec).some(one => one.get('name').text === container))
    value.invalid('container not found', container)
  const profile = value.text
  if (['', 'runtime/default', 'unconfined'].includes(profile)) return
  if (!profile.startsWith('localhost/'))
    value.invalid(`invalid AppArmor profile name: ${JSON.stringify(profile)}`)
}

/** Annotation and field must agree (validateSeccompAnnotationsAndFields and its AppArmor sister). */
function checkAgreement(annotations: Field, spec: Field): void {
  const podSeccomp = spec.get('securityContext').get('seccompProfile')
  agree('seccomp', annotations.get(SECCOMP_POD), podSeccomp, podSeccomp)
  const windows = spec.get('os').get('name').text === 'windows'
  const podArmor = spec.get('securityContext').get('appArmorProfile')
  for (const container of containersOf(spec)) {
    const name = container.get('name').text
    const context = container.get('securityContext')
    const seccomp = context.get('seccompProfile')
    agree('seccomp', annotations.get(SECCOMP_CONTAINER + name), seccomp, seccomp)
    const own = context.get('appArmorProfile')
    if (!windows) agree('apparmor', annotations.get(APPARMOR + name), own.has ? own : podArmor, own)
  }
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  Unconfined: ['unconfined'],
  RuntimeDefault: ['runtime/default', 'docker/default'],
}

function agree(what: string, annotation: Field, profile: Field, at: Field): void {
  if (!profile.has || !annotation.has) return
  const type = profile.get('type').text
  const text = annotation.text
  const allowed = VALUES[type]?.slice(0, what === 'seccomp' ? 2 : 1)
  if (allowed !== undefined) {
    if (!allowed.includes(text))
      at.get('type').forbidden(`${what} type in annotation and field must match`)
  } else if (type !== 'Localhost') return
  else if (!text.startsWith('localhost/'))
    at.get('type').forbidden(`${what} type in annotation and field must match`)
  else if (text.slice('localhost/'.length) !== profile.get('localhostProfile').text)
    at.get('localhostProfile').forbidden(`${what} profile in annotation and field must match`)
}
