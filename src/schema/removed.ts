/** An API version that servers served once. */
export interface Removal {
  /** First minor without it. */
  readonly since: string
  /** What to write now; undefined where there is nothing like it. */
  readonly use: string | undefined
}

/** `group/version`, the kinds (none = all of it), the minor, the replacement (kubernetes.io deprecation guide). */
const rows: readonly (readonly [string, string, string, string])[] = [
  ['extensions/v1beta1', 'Deployment DaemonSet ReplicaSet', '1.16', 'apps/v1'],
  ['extensions/v1beta1', 'NetworkPolicy', '1.16', 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'PodSecurityPolicy', '1.16', ''],
  ['extensions/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1'],
  ['apps/v1beta1', '', '1.16', 'apps/v1'],
  ['apps/v1beta2', '', '1.16', 'apps/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress IngressClass', '1.22', 'networking.k8s.io/v1'],
  ['rbac.authorization.k8s.io/v1alpha1', '', '1.22', 'rbac.authorization.k8s.io/v1'],
  ['rbac.authorization.k8s.io/v1beta1', '', '1.22', 'rbac.authorization.k8s.io/v1'],
  [
    'admissionregistration.k8s.io/v1beta1',
    'ValidatingWebhookConfiguration MutatingWebhookConfiguration',
    '1.22',
    'admissionregistration.k8s.io/v1',
  ],
  ['apiextensions.k8s.io/v1beta1', '', '1.22', 'apiextensions.k8s.io/v1'],
  ['apiregistration.k8s.io/v1beta1', '', '1.22', 'apiregistration.k8s.io/v1'],
  ['authentication.k8s.io/v1beta1', 'TokenReview', '1.22', 'authentication.k8s.io/v1'],
  ['authorization.k8s.io/v1beta1', '', '1.22', 'authorization.k8s.io/v1'],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', '1.22', 'certificates.k8s.io/v1'],
  ['coordination.k8s.io/v1beta1', 'Lease', '1.22', 'coordination.k8s.io/v1'],
  ['scheduling.k8s.io/v1alpha1', 'PriorityClass', '1.17', 'scheduling.k8s.io/v1'],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', '1.22', 'scheduling.k8s.io/v1'],
  [
    'storage.k8s.io/v1beta1',
    'CSIDriver CSINode StorageClass VolumeAttachment',
    '1.22',
    'storage.k8s.io/v1',
  ],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', '1.27', 'storage.k8s.io/v1'],
  ['batch/v2alpha1', 'CronJob', '1.21', 'batch/v1'],
  ['batch/v1beta1', 'CronJob', '1.25', 'batch/v1'],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', '1.25', 'discovery.k8s.io/v1'],
  ['events.k8s.io/v1beta1', 'Event', '1.25', 'events.k8s.io/v1'],
  ['autoscaling/v2beta1', '', '1.25', 'autoscaling/v2'],
  ['autoscaling/v2beta2', '', '1.26', 'autoscaling/v2'],
  ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'policy/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', '1.25', ''],
  ['node.k8s.io/v1beta1', 'RuntimeClass', '1.25', 'node.k8s.io/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta1', '', '1.26', 'flowcontrol.apiserver.k8s.io/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta2', '', '1.29', 'flowcontrol.apiserver.k8s.io/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta3', '', '1.32', 'flowcontrol.apiserver.k8s.io/v1'],
]

/** Served still, but on the way out: kinds with the minor that said so and what to use. */
const deprecated: readonly (readonly [string, string, string])[] = [
  ['v1/Endpoints', '1.33', 'discovery.k8s.io/v1 EndpointSlice'],
  ['v1/ComponentStatus', '1.19', ''],
]

/** When an API was removed and what replaces it; undefined for what was never served. */
export function removalOf(apiVersion: string, kind: string): Removal | undefined {
  const row = rows.find(
    ([name, kinds]) => name === apiVersion && (kinds === '' || kinds.split(' ').includes(kind)),
  )
  return row && { since: row[2], use: row[3] === '' ? undefined : row[3] }
}

/** The server's warning about an API that it still serves, or undefined. */
export function deprecationOf(apiVersion: string, kind: string): string | undefined {
  const row = deprecated.find(([name]) => name === `${apiVersion}/${kind}`)
  if (row === undefined) return undefined
  const [, since, use] = row
  const advice = use === '' ? '' : `; use ${use}`
  return `${apiVersion} ${kind} is deprecated in v${since}+${advice}`
}
