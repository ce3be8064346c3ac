import type { KubeObject } from '../kube/object.ts'
import type { Build } from '../kustomize/build.ts'
import type { Config } from '../tree/config.ts'
import type { Node } from '../yaml/node.ts'
import { isTrue, itemsAt, mapAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { isRelease } from './kinds.ts'
import { isInstance } from './scan.ts'
import { minorOf } from './versions.ts'

/** A flag of a controller and the line that sets it. */
export interface Flag {
  readonly value: string
  readonly at: Node
}

/** The flags that the controllers of a cluster are started with, as far as the repository shows. */
export type Flags = ReadonlyMap<string, Flag>

const CONTROLLER = /^(kustomize|helm|source|notification|image-\w+)-controller$|^source-watcher$/
const LOCKED = [
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
  'source-watcher',
]

const VERSION = 'flux version'

/** The Flux version that the manifests of the controllers carry, where they are older than what is assumed. */
export function versionOf(flags: Flags, { version, isAssumed }: Config['flux']): string {
  const shown = flags.get(VERSION)?.value ?? ''
  const isOlder = /^v2\.\d/.test(shown) && minorOf(shown) < minorOf(version)
  return isAssumed && isOlder ? shown : version
}

/** The flag of a controller; undefined where it is not set. */
export function flagOf(flags: Flags, controller: string, flag: string): Flag | undefined {
  return flags.get(`${controller} ${flag}`)
}

/** Whether a flag is given and not `false`. */
export function isOn(flags: Flags, controller: string, flag: string): Flag | undefined {
  const found = flagOf(flags, controller, flag)
  return found?.value === 'false' ? undefined : found
}

/** Whether a feature gate is set, undefined where nothing is said of it. */
export function gateOf(flags: Flags, controller: string, gate: string): boolean | undefined {
  const text = flagOf(flags, controller, 'feature-gates')?.value ?? ''
  const said = text.split(',').find(one => one.trim().startsWith(`${gate}=`))
  return said === undefined ? undefined : said.trim().endsWith('=true')
}

/** Whether an object says something of the flags of controllers. */
export function bearsFlags(object: KubeObject): boolean {
  if (object.id.kind === 'Deployment') return CONTROLLER.test(object.id.name)
  if (isRelease(object)) return mapAt(object.root, 'spec', 'values', 'instance') !== undefined
  return isInstance(object)
}

/** What objects that bear flags say; the later one counts. */
export function flagsIn(objects: Iterable<KubeObject>): Flags {
  const flags = new Map<string, Flag>()
  for (const object of objects) {
    const { id, root } = object
    if (id.kind === 'Deployment') readArguments(object, flags)
    else if (isInstance(object)) readInstance(mapAt(root, 'spec'), flags)
    else readInstance(mapAt(root, 'spec', 'values', 'instance'), flags)
  }
  return flags
}

function readArguments({ id, root }: KubeObject, into: Map<string, Flag>): void {
  const version = scalarAt(root, 'metadata', 'labels', 'app.kubernetes.io/version')
  if (version) into.set(VERSION, { value: version.text, at: version })
  else if (id.name === 'kustomize-controller') readImage(root, into)
  const containers = itemsAt(root, 'spec', 'template', 'spec', 'containers')
  for (const at of containers.flatMap(one => itemsAt(one, 'args'))) {
    if (at.kind !== 'scalar') continue
    const [, name, value = 'true'] = /^--?([\w-]+)(?:=(.*))?$/s.exec(at.text) ?? []
    if (name === undefined) continue
    const key = `${id.name} ${name}`
    const before = name === 'feature-gates' ? into.get(key)?.value : undefined
    into.set(key, { value: before === undefined ? value : `${value},${before}`, at })
  }
}

/** The minor releases of kustomize-controller 1 and Flux 2 go together. */
function readImage(root: Node, into: Map<string, Flag>): void {
  for (const one of itemsAt(root, 'spec', 'template', 'spec', 'containers')) {
    const at = scalarAt(one, 'image')
    const minor = /kustomize-controller:v1\.(\d+)\./.exec(at?.text ?? '')?.[1]
    if (at && minor !== undefined) into.set(VERSION, { value: `v2.${minor}.0`, at })
  }
}

/** What flux-operator 0.58 makes of `spec.cluster` and of patches that add arguments. */
function readInstance(spec: Node | undefined, into: Map<string, Flag>): void {
  const at = nodeAt(spec, 'cluster', 'multitenant')
  if (at && isTrue(at)) {
    for (const controller of LOCKED)
      into.set(`${controller} no-cross-namespace-refs`, { value: 'true', at })
    into.set('kustomize-controller no-remote-bases', { value: 'true', at })
    const account = textAt(spec, 'cluster', 'tenantDefaultServiceAccount') || 'default'
    for (const controller of ['kustomize-controller', 'helm-controller'])
      into.set(`${controller} default-service-account`, { value: account, at })
  }
  for (const patch of itemsAt(spec, 'kustomize', 'patches')) {
    const text = scalarAt(patch, 'patch')
    const target = new RegExp(`^(${textAt(patch, 'target', 'name') || '.*'})$`.slice(0, 200))
    for (const [, flag = '', value = 'true'] of text?.text.matchAll(
      /--([\w-]+)(?:=([^\s"']*))?/g,
    ) ?? [])
      for (const controller of LOCKED)
        if (text && target.test(controller)) into.set(`${controller} ${flag}`, { value, at: text })
  }
}

/** A build by a controller that takes nothing from the network: a remote base is no longer a matter of trust. */
export function withoutRemotes(build: Build, flags: Flags): Build {
  const flag = isOn(flags, 'kustomize-controller', 'no-remote-bases')
  if (flag === undefined) return build
  const related = [{ span: flag.at, text: 'kustomize-controller is told so here' }]
  const findings = build.findings.map(one =>
    one.code === 'remote-base'
      ? {
          ...one,
          level: 'error' as const,
          related,
          help: 'remote bases have been blocked: copy it',
        }
      : one,
  )
  return { ...build, findings }
}
