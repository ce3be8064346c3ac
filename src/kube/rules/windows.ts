import type { Field } from './field.ts'
import { bytes, subdomain } from './format.ts'

/** Windows options of a security context (1.36 core/validation validateWindowsSecurityContextOptions). */
export function checkWindows(options: Field): void {
  if (!options.has) return
  const name = options.get('gmsaCredentialSpecName')
  if (name.has) name.must(subdomain)
  const spec = options.get('gmsaCredentialSpec')
  if (spec.has && spec.text === '') spec.invalid('gmsaCredentialSpec cannot be an empty string')
  else if (bytes(spec.text) > 64 * 1024) spec.wrong('gmsaCredentialSpec size must be under 64 KiB')
  const user = options.get('runAsUserName')
  if (user.has) for (const complaint of userComplaints(user.text)) user.invalid(complaint)
}

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?'
const isDomain = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`)
const isNetBios = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/

function userComplaints(text: string): readonly string[] {
  if (text === '') return ['runAsUserName cannot be an empty string']
  if (/[\x00-\x1f\x7f]/.test(text)) return ['runAsUserName cannot contain control characters']
  const parts = text.split('\\')
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash']
  const user = parts.at(-1) ?? ''
  const complaints: string[] = []
  if (parts.length === 2) {
    const domain = parts[0] ?? ''
    if (bytes(domain) >= 256)
      complaints.push("runAsUserName's Domain length must be under 256 characters")
    if (!isNetBios.test(domain) && !isDomain.test(domain))
      complaints.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format")
  }
  if (user === '') complaints.push("runAsUserName's User cannot be empty")
  else if (bytes(user) > 104)
    complaints.push("runAsUserName's User length must not be longer than 104 characters")
  if (/^[. ]+$/.test(user))
    complaints.push("runAsUserName's User cannot contain only periods or spaces")
  if (/["/\\:;|=,+*?<>@[\]]/.test(user))
    complaints.push(
      'runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]',
    )
  return complaints
}

/** Host process containers: all or none, on the host's network (validateWindowsHostProcessPod). */
export function checkHostProcess(spec: Field, containers: readonly Field[]): void {
  const option = (at: Field) => at.get('securityContext').get('windowsOptions').get('hostProcess')
  const pod = option(spec).bool
  let count = 0
  for (const one of containers) {
    const own = option(one)
    if (pod !== undefined && own.bool !== undefined && own.bool !== pod)
      own.invalid(`pod hostProcess value must be identical if both are specified, was ${pod}`)
    if (own.bool ?? pod === true) count++
  }
  if (count === 0) return
  if (count !== containers.length)
    spec.invalid(
      'If pod contains any hostProcess containers then all containers must be HostProcess containers',
      '',
    )
  const network = spec.get('hostNetwork')
  if (!network.isTrue)
    network.invalid('hostNetwork must be true if pod contains any hostProcess containers', false)
}

const POD_CONTEXT = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
]
const CONTEXT = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
]

/** What spec.os rules out (validateOS, validateLinux, validateWindows). */
export function checkOs(spec: Field, containers: readonly Field[]): void {
  const os = spec.get('os')
  if (!os.has) return
  const name = os.get('name').text
  if (name === '') return os.get('name').required()
  const contexts = [spec, ...containers].map(one => one.get('securityContext'))
  if (name === 'linux') {
    for (const one of contexts)
      if (one.get('windowsOptions').has)
        one.get('windowsOptions').forbidden('windows options cannot be set for a linux pod')
  } else if (name === 'windows') checkWindowsPod(spec, contexts)
  else os.unsupported(['linux', 'windows'], name)
}

function checkWindowsPod(spec: Field, contexts: readonly Field[]): void {
  const deny = (field: Field) => field.forbidden('cannot be set for a windows pod')
  for (const name of ['hostUsers', 'shareProcessNamespace'])
    if (spec.get(name).has) deny(spec.get(name))
  for (const name of ['hostPID', 'hostIPC']) if (spec.get(name).isTrue) deny(spec.get(name))
  const [pod, ...rest] = contexts
  for (const name of POD_CONTEXT) if (pod?.get(name).has === true) deny(pod.get(name))
  if ((pod?.get('sysctls').size ?? 0) > 0) deny(pod?.get('sysctls') ?? spec)
  for (const one of rest) for (const name of CONTEXT) if (one.get(name).has) deny(one.get(name))
}
