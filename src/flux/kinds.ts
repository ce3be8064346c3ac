import type { Id, KubeObject } from '../kube/object.ts'
import { textAt } from './fields.ts'

export const KUSTOMIZE = 'kustomize.toolkit.fluxcd.io'
export const SOURCE = 'source.toolkit.fluxcd.io'
export const EXTENSIONS = 'source.extensions.fluxcd.io'
export const HELM = 'helm.toolkit.fluxcd.io'
export const NOTIFICATION = 'notification.toolkit.fluxcd.io'
export const IMAGE = 'image.toolkit.fluxcd.io'
export const OPERATOR = 'fluxcd.controlplane.io'

export function isKustomization({ id }: KubeObject): boolean {
  return id.group === KUSTOMIZE && id.kind === 'Kustomization'
}

export function isRelease({ id }: KubeObject): boolean {
  return id.group === HELM && id.kind === 'HelmRelease'
}

/** Whether a Kustomization can have it as its source. */
export function isSource({ id }: KubeObject): boolean {
  return id.group === SOURCE && id.kind !== 'HelmRepository' && id.kind !== 'HelmChart'
}

/** What two manifests of one object have in common: the API version may differ. */
export function keyOf(id: Id): string {
  return keyFor(id.group, id.kind, id.namespace, id.name)
}

export function keyFor(group: string, kind: string, namespace: string, name: string): string {
  return `${group}/${kind}/${namespace}/${name}`
}

export function namespaceName(id: Id): string {
  return id.namespace === '' ? id.name : `${id.namespace}/${id.name}`
}

export interface SourceRef {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** The `sourceRef` of a Kustomization; its namespace defaults to the Kustomization's own. */
export function sourceRefOf({ id, root }: KubeObject): SourceRef {
  return {
    kind: textAt(root, 'spec', 'sourceRef', 'kind'),
    namespace: textAt(root, 'spec', 'sourceRef', 'namespace') || id.namespace,
    name: textAt(root, 'spec', 'sourceRef', 'name'),
  }
}
