import { checkAffinity } from './affinity.ts'
import { checkContainers, checkDefaulted, checkInitContainers, type PodFacts } from './container.ts'
import { checkDns } from './dns.ts'
import type { Field } from './field.ts'
import { dnsLabel, qualifiedName, subdomain } from './format.ts'
import { checkAnnotations } from './meta.ts'
import { checkSpread, checkTolerations } from './placement.ts'
import { checkPodAnnotations } from './annotation.ts'
import { checkPodResources } from './podresource.ts'
import { checkOverhead } from './resource.ts'
import { checkHostUsers, checkPodSecurity } from './security.ts'
import { checkLabels } from './selector.ts'
import { checkVolumes, type VolumeScope } from './volume.ts'
import { checkHostProcess, checkOs } from './windows.ts'

/**
 * A pod template, wherever it stands (1.36 core/validation ValidatePodTemplateSpec). `claims`: names
 * of a stateful set's claims, which are volumes too; it also gives its pods their host names.
 */
export function checkTemplate(template: Field, claims?: readonly Field[]): void {
  checkTemplateMeta(template)
  const written = template.get('spec')
  const spec = claims === undefined ? written : written.without(['hostname', 'subdomain'])
  checkPodSpec(spec, { podName: '', isPod: false, claims: claims ?? [] })
  if (spec.get('ephemeralContainers').size > 0)
    spec.get('ephemeralContainers').forbidden('ephemeral containers not allowed in pod template')
}

/** Labels and annotations of a template, which the server names without `metadata`. */
export function checkTemplateMeta(template: Field): void {
  const meta = template.get('metadata')
  checkLabels(meta.get('labels').under(template))
  checkAnnotations(meta.get('annotations').under(template))
  checkPodAnnotations(meta, template.get('spec'), template)
}

/** All containers of a pod. */
export function containersOf(spec: Field): readonly Field[] {
  return ['initContainers', 'containers'].flatMap(name => spec.get(name).items())
}

/** The spec of a pod (ValidatePodSpec). */
export function checkPodSpec(spec: Field, scope: VolumeScope): void {
  const volumes = checkVolumes(spec.get('volumes'), scope)
  const claims = spec.report.minor < 34 ? [] : checkResourceClaims(spec.get('resourceClaims'))
  const pod: PodFacts = {
    volumes,
    claims,
    seconds: spec.get('terminationGracePeriodSeconds').orNumber(30),
    hostUsers: spec.get('hostUsers').bool !== false,
    hostNetwork: scope.isPod && spec.get('hostNetwork').isTrue,
    restartPolicy: spec.get('restartPolicy').or('Always'),
  }
  checkContainers(spec.get('containers'), pod)
  checkInitContainers(spec.get('initContainers'), spec.get('containers'), pod)
  const containers = containersOf(spec)
  if (spec.report.minor >= 34) checkPodResources(spec, claims, scope.isPod)
  checkHostNetwork(spec, scope.isPod)
  checkChoices(spec)
  checkLabels(spec.get('nodeSelector'))
  checkPodSecurity(spec)
  checkAffinity(spec.get('affinity'))
  checkDns(spec)
  checkGates(spec)
  checkSpread(spec.get('topologySpreadConstraints'))
  checkHostProcess(spec, containers)
  checkHostUsers(spec, containers)
  checkNames(spec)
  checkTolerations(spec.get('tolerations'))
  checkOverhead(spec.get('overhead'))
  checkOs(spec, containers)
  checkFileVolumes(spec, containers)
}

function checkChoices(spec: Field): void {
  checkDefaulted(spec.get('restartPolicy'), ['Always', 'OnFailure', 'Never'])
  checkDefaulted(spec.get('dnsPolicy'), [
    'ClusterFirstWithHostNet',
    'ClusterFirst',
    'Default',
    'None',
  ])
  const preemption = spec.get('preemptionPolicy')
  if (preemption.has && preemption.text === '') preemption.required()
  else preemption.oneOf(['PreemptLowerPriority', 'Never'])
  spec.get('activeDeadlineSeconds').inRange(1, 2147483647)
}

function checkNames(spec: Field): void {
  for (const name of ['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName'])
    if (name === 'runtimeClassName' ? spec.get(name).has : spec.get(name).text !== '')
      spec.get(name).must(subdomain)
  const account = spec.get('serviceAccount').as('.serviceAccountName')
  if (spec.get('serviceAccountName').text === '') account.mayBe(subdomain)
  for (const name of ['hostname', 'subdomain']) spec.get(name).mayBe(dnsLabel)
  const override = spec.get('hostnameOverride')
  if (!override.has || spec.report.minor < 35) return
  if (spec.get('setHostnameAsFQDN').isTrue)
    override.forbidden('may not be specified when setHostnameAsFQDN is true')
  if (spec.get('hostNetwork').isTrue)
    override.forbidden('may not be specified when hostNetwork is true')
  if (override.text.length > 64) override.tooLong(64)
  override.must(subdomain)
}

/** On the host's network a port is the host's port (validatePodHostNetworkDeps). */
function checkHostNetwork(spec: Field, isPod: boolean): void {
  if (!spec.get('hostNetwork').isTrue) return
  for (const port of spec
    .get('containers')
    .items()
    .flatMap(one => one.get('ports').items())) {
    const [host, own] = [port.get('hostPort'), port.get('containerPort').orNumber(0)]
    const number = host.orNumber(0) || (isPod ? own : 0)
    if (number !== 0 && number !== own)
      host.invalid('must match `containerPort` when `hostNetwork` is true')
  }
}

function checkGates(spec: Field): void {
  for (const gate of spec.get('readinessGates').items())
    gate.get('conditionType').must(qualifiedName)
  const seen = new Set<string>()
  for (const gate of spec.get('schedulingGates').items()) {
    const name = gate.get('name').text
    for (const complaint of qualifiedName(name)) gate.invalid(complaint, name)
    if (seen.has(name)) gate.duplicate(name)
    seen.add(name)
  }
}

/** Claims on devices (validatePodResourceClaims). Answers their names. */
function checkResourceClaims(list: Field): readonly string[] {
  const names: string[] = []
  for (const claim of list.items()) {
    const name = claim.get('name')
    if (name.text === '') name.required()
    else if (names.includes(name.text)) name.duplicate()
    else name.must(dnsLabel)
    if (name.text !== '') names.push(name.text)
    const refs = ['resourceClaimName', 'resourceClaimTemplateName'].map(one => claim.get(one))
    const given = refs.filter(one => one.has)
    if (given.length > 1)
      claim.invalid(
        'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
      )
    if (given.length === 0)
      claim.invalid('must specify one of: `resourceClaimName`, `resourceClaimTemplateName`')
    for (const one of given) one.must(subdomain)
  }
  return names
}

/** A variable read from a file needs an emptyDir that holds it (validateFileKeyRefVolumes). */
function checkFileVolumes(spec: Field, containers: readonly Field[]): void {
  if (spec.report.minor < 35) return
  const volumes = spec.get('volumes').items()
  for (const one of containers.flatMap(container => container.get('env').items())) {
    const ref = one.get('valueFrom').get('fileKeyRef')
    if (!ref.has) continue
    const name = ref.get('volumeName')
    const volume = volumes.find(each => each.get('name').text === name.text)
    if (volume === undefined) name.missing('', name.text)
    else if (!volume.get('emptyDir').has)
      name.invalid('referenced volume must be of type emptyDir', name.text)
  }
}
