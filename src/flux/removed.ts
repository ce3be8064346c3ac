import type { KubeObject } from '../kube/object.ts'
import { HELM, IMAGE, KUSTOMIZE, NOTIFICATION, SOURCE } from './kinds.ts'
import { minorOf } from './versions.ts'

/** One API version that a Flux release no longer serves. */
interface Removal {
  readonly group: string
  readonly kinds: readonly string[]
  readonly versions: readonly string[]
  /** The first minor release of Flux 2 that does not serve it. */
  readonly since: number
  readonly now: string
}

/** Read off the CustomResourceDefinitions of each release (flux-operator config/data/flux). */
const removals: readonly Removal[] = [
  { group: KUSTOMIZE, kinds: ['Kustomization'], versions: ['v1beta1'], since: 7, now: 'v1' },
  { group: KUSTOMIZE, kinds: ['Kustomization'], versions: ['v1beta2'], since: 8, now: 'v1' },
  { group: HELM, kinds: ['HelmRelease'], versions: ['v2beta1'], since: 7, now: 'v2' },
  { group: HELM, kinds: ['HelmRelease'], versions: ['v2beta2'], since: 8, now: 'v2' },
  {
    group: SOURCE,
    kinds: ['GitRepository', 'HelmRepository', 'HelmChart', 'Bucket'],
    versions: ['v1beta1'],
    since: 7,
    now: 'v1',
  },
  {
    group: SOURCE,
    kinds: ['GitRepository', 'HelmRepository', 'HelmChart', 'Bucket', 'OCIRepository'],
    versions: ['v1beta2'],
    since: 8,
    now: 'v1',
  },
  {
    group: IMAGE,
    kinds: ['ImagePolicy', 'ImageRepository', 'ImageUpdateAutomation'],
    versions: ['v1beta1'],
    since: 7,
    now: 'v1',
  },
  {
    group: IMAGE,
    kinds: ['ImagePolicy', 'ImageRepository', 'ImageUpdateAutomation'],
    versions: ['v1beta2'],
    since: 9,
    now: 'v1',
  },
  {
    group: NOTIFICATION,
    kinds: ['Alert', 'Provider'],
    versions: ['v1beta1'],
    since: 7,
    now: 'v1beta3',
  },
  {
    group: NOTIFICATION,
    kinds: ['Alert', 'Provider'],
    versions: ['v1beta2'],
    since: 9,
    now: 'v1beta3',
  },
  { group: NOTIFICATION, kinds: ['Receiver'], versions: ['v1beta1'], since: 7, now: 'v1' },
  { group: NOTIFICATION, kinds: ['Receiver'], versions: ['v1beta2'], since: 9, now: 'v1' },
]

function removalOf({ id }: KubeObject): Removal | undefined {
  return removals.find(
    one =>
      one.group === id.group && one.kinds.includes(id.kind) && one.versions.includes(id.version),
  )
}

/** The API version that replaces one that the given Flux does not serve; undefined where it is served. */
export function replacementOf(object: KubeObject, flux: string): string | undefined {
  const gone = removalOf(object)
  return gone && minorOf(flux) >= gone.since ? `${gone.group}/${gone.now}` : undefined
}

/** Whether the given Flux serves a version that a later one does not. */
export function isServedStill(object: KubeObject, flux: string): boolean {
  const gone = removalOf(object)
  return gone !== undefined && minorOf(flux) < gone.since
}
