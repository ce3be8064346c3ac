import { at, cm, define, deployment, docs, flow, ks, type Case } from './case.ts'

const app = (spec = '') => ks('app', './app', spec)

/** One file of `app/` with these documents. */
const all = (name: string, ...texts: readonly string[]) =>
  define(name, { 'cluster/app.yaml': app(), 'app/all.yaml': docs(...texts) })

/** What the API server says of kinds, versions and fields. */
export const kinds: readonly Case[] = [
  all('kind-wrong-group', flow('apps/v1', 'Service', 'spec: { ports: [{ port: 80 }] }')),
  all('kind-no-group', flow('v1', 'Deployment', 'spec: {}')),
  all('kind-old-ingress', flow('extensions/v1beta1', 'Ingress', 'spec: {}')),
  all('kind-old-autoscaler', flow('autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'spec: {}')),
  all('kind-lower-case', flow('v1', 'configmap', 'data: { a: b }')),
  all(
    'api-ingress-no-path-type',
    flow(
      'networking.k8s.io/v1',
      'Ingress',
      'spec: { rules: [{ http: { paths: [{ path: /, backend: { service: { name: x, port: { number: 80 } } } }] } }] }',
    ),
  ),
  all(
    'api-node-port',
    flow('v1', 'Service', 'spec: { type: NodePort, ports: [{ port: 80, nodePort: 80 }] }'),
  ),
  all(
    'api-two-ports-unnamed',
    flow('v1', 'Service', 'spec: { ports: [{ port: 80 }, { port: 81 }] }'),
  ),
  all(
    'api-limit-below-request',
    deployment('web', '', '          resources: { requests: { cpu: 2 }, limits: { cpu: 1 } }\n'),
  ),
  all(
    'api-bad-quantity',
    deployment('web', '', '          resources: { limits: { memory: 1 Gi } }\n'),
  ),
  all(
    'api-two-probes',
    deployment(
      'web',
      '',
      '          livenessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } }\n',
    ),
  ),
  all(
    'api-bad-schedule',
    flow(
      'batch/v1',
      'CronJob',
      'spec: { schedule: "61 * * * *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: x, image: x }] } } } } }',
    ),
  ),
  all(
    'api-tls-without-key',
    flow('v1', 'Secret', 'type: kubernetes.io/tls\ndata: { tls.crt: "" }'),
  ),
  all(
    'api-role-ref',
    flow(
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Rolle, name: x }',
    ),
  ),
  all(
    'api-claim-without-size',
    flow('v1', 'PersistentVolumeClaim', 'spec: { accessModes: [ReadWriteOnce] }'),
  ),
  all(
    'api-budget-both',
    flow(
      'policy/v1',
      'PodDisruptionBudget',
      'spec: { minAvailable: 1, maxUnavailable: 1, selector: { matchLabels: { a: b } } }',
    ),
  ),
  all(
    'api-min-over-max',
    flow(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'spec: { minReplicas: 5, maxReplicas: 2, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: x } }',
    ),
  ),
  all(
    'api-bad-cidr',
    flow(
      'networking.k8s.io/v1',
      'NetworkPolicy',
      'spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/33 } }] }] }',
    ),
  ),
  all(
    'api-role-unknown-field',
    flow(
      'rbac.authorization.k8s.io/v1',
      'Role',
      'rules: [{ apiGroups: [""], resources: [pods], verb: [get], verbs: [get] }]',
    ),
  ),
  all(
    'api-null-fields',
    deployment('web', '  strategy: null\n', '          env: null\n          command: []\n'),
  ),
  all(
    'api-empty-texts',
    flow(
      'v1',
      'Service',
      'spec: { clusterIP: "", selector: { app: web }, ports: [{ name: "", port: 80 }] }',
    ),
  ),
  all('api-status-written', `${deployment('web')}status: { replicas: 3 }\n`),
  all(
    'api-meta-written',
    cm(
      'one',
      '  a: b\n',
      '  creationTimestamp: null\n  generation: 3\n  finalizers: [example.com/none]\n',
    ),
  ),
  all(
    'api-owner-label-own',
    cm('one', '  a: b\n', '  labels: { kustomize.toolkit.fluxcd.io/name: other }\n'),
  ),
  all('api-string-numbers', deployment('web').replace('replicas: 1', 'replicas: "1"')),
  // Expected to be refused; it turned out that the controller drops all labels where one is no text.
  define(
    'api-number-label',
    {
      'cluster/app.yaml': app(),
      'app/one.yaml': cm('one', '  a: b\n', '  labels: { team: red, version: 1.10 }\n'),
    },
    {
      code: 'wrong-type',
      of: at('v1', 'ConfigMap', 'one', 'api-number-label'),
      path: ['metadata', 'labels', 'team'],
      shows: { none: true },
    },
  ),
]
