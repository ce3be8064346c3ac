/**
 * What the published schemas of Go types leave out or get wrong, read off the server's verdicts and
 * the API types (kube-apiserver 1.36): the schema generator marks every field without `omitempty` as
 * required, and does not say which enums are pointers.
 */

/** Required by the schema, but the server lives with Go's zero value. */
export const optional: ReadonlySet<string> = new Set([
  'apiextensions.v1.CustomResourceDefinitionVersion.served',
  'apiextensions.v1.CustomResourceDefinitionVersion.storage',
  'apps.v1.ControllerRevision.revision',
  'batch.v1.PodFailurePolicy.rules',
  'core.v1.HTTPHeader.value',
  'core.v1.ISCSIPersistentVolumeSource.lun',
  'core.v1.ISCSIVolumeSource.lun',
  'core.v1.LimitRangeSpec.limits',
  'core.v1.ScaleIOPersistentVolumeSource.secretRef',
  'core.v1.ScaleIOVolumeSource.secretRef',
  'core.v1.SleepAction.seconds',
  'core.v1.Sysctl.value',
  'resource.v1.Counter.value',
  'resource.v1.DeviceCapacity.value',
  'resource.v1.ResourcePool.generation',
  'storage.v1.CSINodeSpec.drivers',
  'storage.v1.TokenRequest.audience',
])

/**
 * Enums behind a pointer: an empty string is a value and not among those supported. Everywhere else
 * an empty string is no value at all.
 */
export const pointers: ReadonlySet<string> = new Set([
  'admissionregistration.v1.MatchResources.matchPolicy',
  'admissionregistration.v1.MutatingAdmissionPolicySpec.failurePolicy',
  'admissionregistration.v1.MutatingWebhook.failurePolicy',
  'admissionregistration.v1.MutatingWebhook.matchPolicy',
  'admissionregistration.v1.MutatingWebhook.reinvocationPolicy',
  'admissionregistration.v1.MutatingWebhook.sideEffects',
  'admissionregistration.v1.NamedRuleWithOperations.scope',
  'admissionregistration.v1.RuleWithOperations.scope',
  'admissionregistration.v1.ValidatingAdmissionPolicySpec.failurePolicy',
  'admissionregistration.v1.ValidatingWebhook.failurePolicy',
  'admissionregistration.v1.ValidatingWebhook.matchPolicy',
  'admissionregistration.v1.ValidatingWebhook.sideEffects',
  'apiextensions.v1.ValidationRule.reason',
  'batch.v1.JobSpec.completionMode',
  'batch.v1.JobSpec.podReplacementPolicy',
  'core.v1.AzureDiskVolumeSource.cachingMode',
  'core.v1.AzureDiskVolumeSource.kind',
  'core.v1.Lifecycle.stopSignal',
  'core.v1.PersistentVolumeClaimSpec.volumeMode',
  'core.v1.PersistentVolumeSpec.volumeMode',
  'core.v1.PodSecurityContext.fsGroupChangePolicy',
  'core.v1.PodSecurityContext.supplementalGroupsPolicy',
  'core.v1.PodSpec.preemptionPolicy',
  'core.v1.SecurityContext.procMount',
  'core.v1.ServiceSpec.internalTrafficPolicy',
  'core.v1.ServiceSpec.ipFamilyPolicy',
  'core.v1.TopologySpreadConstraint.nodeAffinityPolicy',
  'core.v1.TopologySpreadConstraint.nodeTaintsPolicy',
  'core.v1.VolumeMount.mountPropagation',
  'discovery.v1.EndpointPort.protocol',
  'networking.v1.HTTPIngressPath.pathType',
  'networking.v1.NetworkPolicyPort.protocol',
  'policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy',
  'scheduling.v1.PriorityClass.preemptionPolicy',
  'storage.v1.StorageClass.reclaimPolicy',
  'storage.v1.StorageClass.volumeBindingMode',
])
