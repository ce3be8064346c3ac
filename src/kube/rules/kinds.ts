import {
  checkMutatingBinding,
  checkMutatingPolicy,
  checkValidatingBinding,
  checkValidatingPolicy,
} from './admission.ts'
import { checkAutoscaler } from './autoscaler.ts'
import { checkLease, checkPriorityClass, checkRuntimeClass } from './class.ts'
import { checkConfigMap, checkSecret, checkServiceAccount } from './config.ts'
import { checkSigningRequest } from './certificate.ts'
import { checkApiService, checkNode } from './cluster.ts'
import { checkDeviceClass, checkResourceClaim, checkResourceClaimTemplate } from './device.ts'
import { checkDisruptionBudget } from './disruption.ts'
import { checkEndpoints, checkEndpointSlice } from './endpoints.ts'
import { checkEvent } from './event.ts'
import type { Field, Test } from './field.ts'
import { dns1035Label, dnsLabel, pathSegment } from './format.ts'
import { checkFlowSchema } from './flow.ts'
import { checkIngress, checkIngressClass } from './ingress.ts'
import { strictIp } from './ip.ts'
import { checkCronJob, checkJob } from './job.ts'
import { checkLimitRange } from './limitrange.ts'
import { checkNamespace } from './namespace.ts'
import { checkIpAddress, checkNetworkPolicy, checkServiceCidr } from './network.ts'
import { checkPersistentVolume, checkPersistentVolumeClaim } from './persistentvolume.ts'
import { checkPod, checkPodTemplate } from './pod.ts'
import { checkPriorityLevel } from './prioritylevel.ts'
import { checkQuota } from './quota.ts'
import { checkClusterRole, checkClusterRoleBinding, checkRole, checkRoleBinding } from './rbac.ts'
import { checkService } from './service.ts'
import { checkResourceSlice } from './slice.ts'
import { checkRevision, checkStatefulSet } from './statefulset.ts'
import {
  checkCsiDriver,
  checkCsiNode,
  checkStorageCapacity,
  checkStorageClass,
  checkVolumeAttachment,
  checkVolumeAttributesClass,
} from './storage.ts'
import { checkConversion, checkMutatingWebhooks, checkValidatingWebhooks } from './webhook.ts'
import {
  checkDaemonSet,
  checkDeployment,
  checkReplicaSet,
  checkReplicationController,
} from './workload.ts'

/** What a kind asks of its objects besides their schema. */
export interface Rules {
  readonly check?: (root: Field) => void
  /** The test of its name at a minor version; a DNS subdomain where there is none. */
  readonly name?: (minor: number) => Test
  /** Since 1.36: whatever a generateName says, the name decides (ValidateObjectMetaWithOpts). */
  readonly anyPrefix?: true
}

/** Groups whose metadata the core rules do not judge further. */
const PLAIN = [
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'policy',
]

/** Whether we know all that the server asks of a kind; a CRD is judged beside its schema. */
export function hasRules(group: string, kind: string): boolean {
  return kind !== 'CustomResourceDefinition' && rulesOf(group, kind)?.check !== undefined
}

/** Kinds whose strategy sets the generation, whatever is written. */
const COUNTED =
  /^(apps|batch|policy|flowcontrol\.apiserver\.k8s\.io|admissionregistration\.k8s\.io|apiextensions\.k8s\.io|scheduling\.k8s\.io|discovery\.k8s\.io|networking\.k8s\.io)\/(?!IPAddress|ServiceCIDR|ControllerRevision)|^resource\.k8s\.io\/(DeviceClass|ResourceSlice)$|^\/(Pod|PodTemplate|ReplicationController)$/

/** Whether the generation that a manifest gives is kept, and so is judged. */
export function keepsGeneration(group: string, kind: string): boolean {
  return rulesOf(group, kind) !== undefined && !COUNTED.test(`${group}/${kind}`)
}

/** Whether a kind's metadata is judged by the rules of core kinds (1.36 core/validation ValidateObjectMeta). */
export function isCore(group: string, kind: string): boolean {
  return (
    rulesOf(group, kind) !== undefined && !PLAIN.includes(group) && `${group}/${kind}` !== '/Event'
  )
}

const label = () => dnsLabel
const segment = () => pathSegment
const service = (minor: number) => (minor >= 36 ? dnsLabel : dns1035Label)

/** By `group/kind`; all versions of a kind are judged alike. */
const kinds: Readonly<Record<string, Rules>> = {
  '/ConfigMap': { check: checkConfigMap },
  '/Endpoints': { check: checkEndpoints },
  '/Event': {
    check: checkEvent({
      about: 'involvedObject',
      controller: 'reportingComponent',
      text: 'message',
      strict: false,
    }),
    name: segment,
  },
  '/LimitRange': { check: checkLimitRange },
  '/Namespace': { check: checkNamespace, name: label },
  '/Node': { check: checkNode },
  '/PersistentVolume': { check: checkPersistentVolume },
  '/PersistentVolumeClaim': { check: checkPersistentVolumeClaim },
  '/Pod': { check: checkPod },
  '/PodTemplate': { check: checkPodTemplate },
  '/ReplicationController': { check: checkReplicationController, anyPrefix: true },
  '/ResourceQuota': { check: checkQuota },
  '/ServiceAccount': { check: checkServiceAccount },
  '/Secret': { check: checkSecret },
  '/Service': { check: checkService, name: service },
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': { check: checkMutatingPolicy },
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': { check: checkMutatingBinding },
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': { check: checkMutatingWebhooks },
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': { check: checkValidatingPolicy },
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': {
    check: checkValidatingBinding,
  },
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': {
    check: checkValidatingWebhooks,
  },
  // Its name is judged with its schema: it depends on the group and the plural.
  'apiextensions.k8s.io/CustomResourceDefinition': { check: checkConversion, name: () => () => [] },
  'apiregistration.k8s.io/APIService': { check: checkApiService, name: () => pathSegment },
  'apps/ControllerRevision': { check: checkRevision },
  'apps/DaemonSet': { check: checkDaemonSet },
  'apps/Deployment': { check: checkDeployment },
  'apps/ReplicaSet': { check: checkReplicaSet },
  'apps/StatefulSet': { check: checkStatefulSet, name: label },
  'autoscaling/HorizontalPodAutoscaler': { check: checkAutoscaler },
  'batch/CronJob': { check: checkCronJob },
  'batch/Job': { check: checkJob },
  'certificates.k8s.io/CertificateSigningRequest': { check: checkSigningRequest, name: segment },
  'coordination.k8s.io/Lease': { check: checkLease },
  'discovery.k8s.io/EndpointSlice': { check: checkEndpointSlice },
  'events.k8s.io/Event': {
    check: checkEvent({
      about: 'regarding',
      controller: 'reportingController',
      text: 'note',
      strict: true,
    }),
  },
  'flowcontrol.apiserver.k8s.io/FlowSchema': { check: checkFlowSchema },
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration': { check: checkPriorityLevel },
  'networking.k8s.io/IPAddress': { check: checkIpAddress, name: () => strictIp },
  'networking.k8s.io/Ingress': { check: checkIngress },
  'networking.k8s.io/IngressClass': { check: checkIngressClass },
  'networking.k8s.io/NetworkPolicy': { check: checkNetworkPolicy },
  'networking.k8s.io/ServiceCIDR': { check: checkServiceCidr },
  'node.k8s.io/RuntimeClass': { check: checkRuntimeClass },
  'policy/PodDisruptionBudget': { check: checkDisruptionBudget, name: segment },
  'rbac.authorization.k8s.io/ClusterRole': { check: checkClusterRole, name: segment },
  'rbac.authorization.k8s.io/ClusterRoleBinding': {
    check: checkClusterRoleBinding,
    name: segment,
  },
  'rbac.authorization.k8s.io/Role': { check: checkRole, name: segment },
  'rbac.authorization.k8s.io/RoleBinding': { check: checkRoleBinding, name: segment },
  'resource.k8s.io/DeviceClass': { check: checkDeviceClass, anyPrefix: true },
  'resource.k8s.io/ResourceClaim': { check: checkResourceClaim },
  'resource.k8s.io/ResourceClaimTemplate': { check: checkResourceClaimTemplate },
  'resource.k8s.io/ResourceSlice': { check: checkResourceSlice },
  'scheduling.k8s.io/PriorityClass': { check: checkPriorityClass },
  'storage.k8s.io/CSIDriver': { check: checkCsiDriver },
  'storage.k8s.io/CSINode': { check: checkCsiNode },
  'storage.k8s.io/CSIStorageCapacity': { check: checkStorageCapacity },
  'storage.k8s.io/StorageClass': { check: checkStorageClass },
  'storage.k8s.io/VolumeAttachment': { check: checkVolumeAttachment },
  'storage.k8s.io/VolumeAttributesClass': { check: checkVolumeAttributesClass },
}

export function rulesOf(group: string, kind: string): Rules | undefined {
  const key = `${group}/${kind}`
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined
}
