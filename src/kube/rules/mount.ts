import type { Field } from './field.ts'
import { checkDescending, checkNoBacksteps } from './path.ts'

/** Names of a pod's sound volumes, and whether each is a claim (a block device can come of it). */
export type Volumes = ReadonlyMap<string, boolean>

/** A container's mounts and devices (1.36 core/validation ValidateVolumeMounts, ValidateVolumeDevices). */
export function checkMounts(container: Field, volumes: Volumes): void {
  const [mounts, devices] = [container.get('volumeMounts'), container.get('volumeDevices')]
  const privileged = container.get('securityContext').get('privileged').isTrue
  const taken = places(devices, 'devicePath')
  const paths = new Set<string>()
  for (const mount of mounts.items()) {
    const [name, path] = [mount.get('name'), mount.get('mountPath')]
    name.needsText()
    if (!volumes.has(name.text)) name.missing('', name.text)
    path.needsText()
    if (paths.has(path.text)) path.invalid('must be unique')
    paths.add(path.text)
    if (taken.names.has(name.text)) name.invalid('must not already exist in volumeDevices')
    if (taken.paths.has(path.text))
      path.invalid('must not already exist as a path in volumeDevices')
    checkSubPaths(mount)
    checkPropagation(mount, privileged)
    checkReadOnly(mount)
  }
  checkDevices(devices, places(mounts, 'mountPath'), volumes)
}

interface Places {
  readonly names: ReadonlySet<string>
  readonly paths: ReadonlySet<string>
}

function places(list: Field, path: string): Places {
  const items = list.items()
  return {
    names: new Set(items.map(one => one.get('name').text)),
    paths: new Set(items.map(one => one.get(path).text)),
  }
}

function checkSubPaths(mount: Field): void {
  const [path, expression] = [mount.get('subPath'), mount.get('subPathExpr')]
  checkDescending(path)
  if (expression.text === '') return
  if (path.text !== '') expression.invalid('subPathExpr and subPath are mutually exclusive')
  checkDescending(expression)
}

function checkPropagation(mount: Field, privileged: boolean): void {
  const propagation = mount.get('mountPropagation')
  propagation.oneOf(['Bidirectional', 'HostToContainer', 'None'])
  if (propagation.text === 'Bidirectional' && !privileged)
    propagation.forbidden(
      'Bidirectional mount propagation is available only to privileged containers',
    )
}

function checkReadOnly(mount: Field): void {
  const recursive = mount.get('recursiveReadOnly')
  recursive.oneOf(['Disabled', 'Enabled', 'IfPossible'])
  if (recursive.text !== 'Enabled' && recursive.text !== 'IfPossible') return
  if (!mount.get('readOnly').isTrue)
    recursive.forbidden('may only be specified when readOnly is true')
  if (mount.get('mountPropagation').or('None') !== 'None')
    recursive.forbidden('may only be specified when mountPropagation is None or not specified')
}

function checkDevices(devices: Field, taken: Places, volumes: Volumes): void {
  const names = new Set<string>()
  const paths = new Set<string>()
  for (const device of devices.items()) {
    const [name, path] = [device.get('name'), device.get('devicePath')]
    name.needsText()
    if (names.has(name.text)) name.invalid('must be unique')
    const claim = volumes.get(name.text)
    if (claim === undefined) name.missing('', name.text)
    else if (!claim)
      name.invalid(
        'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      )
    path.needsText()
    if (paths.has(path.text)) path.invalid('must be unique')
    if (path.text.split('/').includes('..')) checkNoBacksteps(path)
    else paths.add(path.text)
    if (taken.names.has(name.text)) name.invalid('must not already exist in volumeMounts')
    if (taken.paths.has(path.text)) path.invalid('must not already exist as a path in volumeMounts')
    if (name.text !== '') names.add(name.text)
  }
}
