import { between, type Field } from './field.ts'
import { bytes } from './format.ts'
import { checkDescending } from './path.ts'
import { checkWindows } from './windows.ts'

const MAX_ID = 2147483647

function checkId(field: Field): void {
  const id = field.number
  if (id !== undefined && (id < 0 || id > MAX_ID)) field.invalid(between(0, MAX_ID))
}

/** A container's security context (1.36 core/validation ValidateSecurityContext). */
export function checkSecurityContext(context: Field, hostUsers: boolean): void {
  if (!context.has) return
  checkId(context.get('runAsUser'))
  checkId(context.get('runAsGroup'))
  const mount = context.get('procMount')
  mount.oneOf(['Default', 'Unmasked'])
  if (hostUsers && mount.text === 'Unmasked')
    mount.invalid('`hostUsers` must be false to use `Unmasked`')
  checkSeccomp(context.get('seccompProfile'))
  if (context.get('allowPrivilegeEscalation').bool === false) {
    if (context.get('privileged').isTrue)
      context.invalid('cannot set `allowPrivilegeEscalation` to false and `privileged` to true')
    if (context.get('capabilities').get('add').texts().includes('CAP_SYS_ADMIN'))
      context.invalid(
        'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
      )
  }
  checkWindows(context.get('windowsOptions'))
  checkAppArmor(context.get('appArmorProfile'))
}

const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined']

/** ValidateSeccompProfileField. */
function checkSeccomp(profile: Field): void {
  if (!profile.has) return
  const type = profile.get('type')
  if (type.text === '') type.required('type is required when seccompProfile is set')
  else type.oneOf(PROFILES)
  const local = profile.get('localhostProfile')
  if (type.text === 'Localhost') {
    if (local.has) checkDescending(local)
    else local.required('must be set when seccomp type is Localhost')
  } else if (local.has) local.invalid('can only be set when seccomp type is Localhost')
}

/** ValidateAppArmorProfileField. */
function checkAppArmor(profile: Field): void {
  if (!profile.has) return
  const type = profile.get('type')
  const local = profile.get('localhostProfile')
  if (type.text === '') type.required('type is required when appArmorProfile is set')
  else if (type.text === 'Localhost') checkLocalAppArmor(local)
  else if (!PROFILES.includes(type.text)) type.unsupported(PROFILES)
  else if (local.has) local.invalid('can only be set when AppArmor type is Localhost')
}

function checkLocalAppArmor(local: Field): void {
  const missing = 'must be set when AppArmor type is Localhost'
  if (!local.has || local.text === '') return local.required(missing)
  if (local.text.trim() !== local.text) local.invalid('must not be padded with whitespace')
  if (bytes(local.text) > 4095) local.tooLong(4095)
}

/** A pod's security context (validatePodSpecSecurityContext). */
export function checkPodSecurity(spec: Field): void {
  const context = spec.get('securityContext')
  const share = spec.get('shareProcessNamespace').isTrue && spec.get('hostPID').isTrue
  if (share)
    spec
      .get('shareProcessNamespace')
      .as('.securityContext.shareProcessNamespace')
      .invalid('ShareProcessNamespace and HostPID cannot both be enabled')
  if (!context.has) return
  for (const name of ['fsGroup', 'runAsUser', 'runAsGroup']) checkId(context.get(name))
  for (const group of context.get('supplementalGroups').items()) checkId(group)
  checkSysctls(context.get('sysctls'), spec)
  context.get('fsGroupChangePolicy').oneOf(['Always', 'OnRootMismatch'])
  checkSeccomp(context.get('seccompProfile'))
  checkWindows(context.get('windowsOptions'))
  checkAppArmor(context.get('appArmorProfile'))
  context.get('supplementalGroupsPolicy').oneOf(['Merge', 'Strict'])
  if (context.report.minor >= 33) context.get('seLinuxChangePolicy').oneOf(['Recursive'])
}

const SYSCTL = '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
const isSysctl = new RegExp(`^${SYSCTL}$`)
const IPC =
  /^(kernel\.(sem|shmall|shmmax|shmmni|shm_rmid_forced|shm|msgmax|msgmnb|msgmni|msg)$|fs\.mqueue\.)/

function checkSysctls(list: Field, spec: Field): void {
  const seen = new Set<string>()
  for (const one of list.items()) {
    const name = one.get('name')
    if (name.text === '') name.required()
    else if (name.text.length > 253 || !isSysctl.test(name.text))
      name.invalid(`must have at most 253 characters and match regex ^${SYSCTL}$`)
    else if (seen.has(name.text)) name.duplicate()
    seen.add(name.text)
    const dotted = normalise(name.text)
    if (spec.get('hostNetwork').isTrue && dotted.startsWith('net.'))
      name.invalid("may not be specified when 'hostNetwork' is true")
    if (spec.get('hostIPC').isTrue && IPC.test(dotted))
      name.invalid("may not be specified when 'hostIPC' is true")
  }
}

/** `net/ipv4/x` is another spelling of `net.ipv4.x`. */
function normalise(name: string): string {
  const first = /[./]/.exec(name)?.[0]
  if (first !== '/') return name
  return name.replace(/[./]/g, one => (one === '.' ? '/' : '.'))
}

/** What user namespaces forbid (validateHostUsers). */
export function checkHostUsers(spec: Field, containers: readonly Field[]): void {
  if (spec.get('hostUsers').bool !== false) return
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC'])
    if (spec.get(name).isTrue) {
      const shown = name === 'hostNetwork' ? name : `H${name.slice(1)}`
      spec.get(name).as(`.${shown}`).forbidden('when `hostUsers` is false')
    }
  if (spec.report.minor < 36) return
  for (const one of containers)
    if (one.get('volumeDevices').size > 0)
      one.get('volumeDevices').forbidden('when `hostUsers` is false')
}
