import type { Random } from './random.ts'
import { type Fields, hostileScalar, Raw } from './text.ts'

/** What later steps need to know of an object. */
export interface Known {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace: string | undefined
}

export interface Made extends Known {
  readonly fields: Fields
}

const names = ['web', 'db', 'api', 'app', 'cfg', 'web-2', 'a.b', 'x1', 'job', 'q-3'] as const
const images = [
  'nginx',
  'nginx:1.7.9',
  'reg.io:5000/team/app:v1',
  'busybox@sha256:abc',
  'redis:6',
] as const
const labels = ['app', 'tier', 'app.kubernetes.io/name', 'team'] as const

export function nameOf(random: Random): string {
  return random.pick(names)
}

function metadata(random: Random, name: string, namespace: string | undefined): Fields {
  return {
    name: random.chance(0.02) ? new Raw('123') : name,
    namespace,
    labels: random.chance(0.5) ? labelMap(random) : undefined,
    annotations: random.chance(0.3) ? dataMap(random, 1, 3) : undefined,
    finalizers: random.chance(0.05) ? ['a', 'b'] : undefined,
  }
}

export function labelMap(random: Random): Fields {
  return Object.fromEntries(random.times(1, 3, () => [random.pick(labels), `v${random.below(4)}`]))
}

export function dataMap(random: Random, from: number, to: number): Fields {
  return Object.fromEntries(
    random.times(from, to, () => [
      random.pick(['a', 'b', 'c10', 'c9', 'host', 'x.yaml', '_z', 'UP']),
      random.chance(0.6) ? hostileScalar(random) : `v${random.below(9)}`,
    ]),
  )
}

const structured: readonly string[] = [
  '{"a": {"b": "x"}, "l": [1, "two"], "t": true, "n": null}',
  '{\n  "a": {\n    "b": 1.50\n  },\n  "l": []\n}\n',
  'a:\n  b: x\nl:\n- 1\n- two\n',
  'a:\n    b: "yes"\nl: [1, 2]\nz: |\n    text\n',
  'a: {b: x, "c d": 1}\nl:\n  - name: n\n    v: 0x1F\n  - name: m\n',
]

/** Texts that hold JSON or YAML, into which a replacement can reach. */
function structuredMap(random: Random): Fields {
  return Object.fromEntries(
    random.times(1, 2, () => [
      random.pick(['conf.json', 'conf.yaml', 'conf']),
      random.pick(structured),
    ]),
  )
}

/** Data with an anchor, its alias and a merge of it. */
function anchoredMap(random: Random): Fields {
  return {
    one: new Raw(`&one ${random.pick(['word', '"5"', '5', 'yes'])}`),
    two: new Raw('*one'),
    base: new Raw('&base {k: v, n: 1}'),
    over: { '<<': new Raw('*base'), n: random.chance(0.5) ? 2 : undefined },
  }
}

export function container(random: Random, name: string): Fields {
  return {
    name,
    image: random.chance(0.95) ? random.pick(images) : undefined,
    args: random.chance(0.3)
      ? random.times(0, 3, () => random.pick(['a', '$(VAR)', '--n=$(NUM)', '$$(VAR)']))
      : undefined,
    env: random.chance(0.5) ? random.times(0, 3, () => envEntry(random)) : undefined,
    envFrom: random.chance(0.2)
      ? [{ configMapRef: { name: nameOf(random) } }, { secretRef: { name: nameOf(random) } }]
      : undefined,
    ports: random.chance(0.4) ? random.times(1, 3, () => portEntry(random)) : undefined,
    volumeMounts: random.chance(0.2) ? [{ mountPath: '/a', name: 'vol' }] : undefined,
    resources: random.chance(0.1) ? { limits: { cpu: new Raw('1'), memory: '1Gi' } } : undefined,
  }
}

function envEntry(random: Random): Fields {
  const name = random.pick(['A', 'B', 'C', 'D'])
  if (random.chance(0.3))
    return {
      name,
      valueFrom: {
        [random.pick(['configMapKeyRef', 'secretKeyRef'])]: { name: nameOf(random), key: 'k' },
      },
    }
  if (random.chance(0.2)) return { name, value: random.pick(['$(VAR)', 'x$(NUM)y']) }
  return { name, value: hostileScalar(random) }
}

function portEntry(random: Random): Fields {
  return {
    containerPort: random.pick([80, 81, 8080]),
    protocol: random.chance(0.4) ? random.pick(['TCP', 'UDP']) : undefined,
    name: random.chance(0.4) ? random.pick(['http', 'dns']) : undefined,
  }
}

export function podSpec(random: Random): Fields {
  return {
    containers: random.times(1, 2, () => container(random, random.pick(['c1', 'c2', 'c3']))),
    initContainers: random.chance(0.15) ? [container(random, 'init')] : undefined,
    serviceAccountName: random.chance(0.2) ? nameOf(random) : undefined,
    imagePullSecrets: random.chance(0.1) ? [{ name: nameOf(random) }] : undefined,
    volumes: random.chance(0.3) ? random.times(1, 2, () => volume(random)) : undefined,
    tolerations: random.chance(0.1) ? [{ key: 'k', operator: 'Exists' }] : undefined,
    hostAliases: random.chance(0.05) ? [{ ip: '1.1.1.1', hostnames: ['a'] }] : undefined,
  }
}

function volume(random: Random): Fields {
  const name = random.pick(['vol', 'vol2'])
  return random.pick<Fields>([
    { name, configMap: { name: nameOf(random) } },
    { name, secret: { secretName: nameOf(random) } },
    { name, persistentVolumeClaim: { claimName: nameOf(random) } },
    { name, emptyDir: {} },
    { name, projected: { sources: [{ configMap: { name: nameOf(random) } }] } },
  ])
}

function template(random: Random): Fields {
  return {
    metadata: random.chance(0.8)
      ? {
          labels: labelMap(random),
          annotations: random.chance(0.2) ? dataMap(random, 1, 2) : undefined,
        }
      : undefined,
    spec: podSpec(random),
  }
}

type Body = (random: Random) => Fields

const workload: Body = random => ({
  spec: {
    replicas: random.chance(0.6) ? random.below(4) : undefined,
    selector: random.chance(0.8) ? { matchLabels: labelMap(random) } : undefined,
    strategy: random.chance(0.1)
      ? { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } }
      : undefined,
    minReadySeconds: random.chance(0.05) ? new Raw('') : undefined,
    template: template(random),
  },
})

const bodies: Readonly<Record<string, readonly [string, Body]>> = {
  Deployment: ['apps/v1', workload],
  DaemonSet: ['apps/v1', workload],
  StatefulSet: [
    'apps/v1',
    random => ({
      spec: {
        serviceName: nameOf(random),
        selector: { matchLabels: labelMap(random) },
        template: template(random),
        volumeClaimTemplates: random.chance(0.4)
          ? [{ metadata: { name: 'vol', labels: labelMap(random) }, spec: {} }]
          : undefined,
      },
    }),
  ],
  CronJob: [
    'batch/v1',
    random => ({
      spec: { schedule: '* * * * *', jobTemplate: { spec: { template: template(random) } } },
    }),
  ],
  Job: ['batch/v1', random => ({ spec: { template: template(random) } })],
  Pod: ['v1', random => ({ spec: podSpec(random) })],
  Service: [
    'v1',
    random => ({
      spec: {
        selector: random.chance(0.8) ? labelMap(random) : undefined,
        ports: random.times(0, 3, () => ({
          port: random.pick([80, 53]),
          protocol: random.chance(0.5) ? random.pick(['TCP', 'UDP']) : undefined,
          name: random.chance(0.5) ? 'p' : undefined,
        })),
      },
    }),
  ],
  ConfigMap: [
    'v1',
    random => ({
      data: random.chance(0.9)
        ? { ...dataMap(random, 0, 5), ...(random.chance(0.25) ? structuredMap(random) : {}) }
        : undefined,
    }),
  ],
  Secret: ['v1', random => ({ type: 'Opaque', stringData: dataMap(random, 0, 2) })],
  ServiceAccount: [
    'v1',
    random => ({ secrets: random.chance(0.3) ? [{ name: nameOf(random) }] : undefined }),
  ],
  Namespace: ['v1', () => ({})],
  PersistentVolumeClaim: ['v1', random => ({ spec: { volumeName: nameOf(random) } })],
  Role: [
    'rbac.authorization.k8s.io/v1',
    random => ({
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: [nameOf(random)],
          verbs: ['get'],
        },
      ],
    }),
  ],
  StorageClass: ['storage.k8s.io/v1', () => ({ provisioner: 'p' })],
  APIService: [
    'apiregistration.k8s.io/v1',
    random => ({ spec: { service: { name: nameOf(random), namespace: 'default' } } }),
  ],
  ReplicaSet: ['apps/v1', workload],
  ReplicationController: [
    'v1',
    random => ({
      spec: { replicas: 1, selector: labelMap(random), template: template(random) },
    }),
  ],
  ClusterRole: ['rbac.authorization.k8s.io/v1', () => ({ rules: [] })],
  RoleBinding: ['rbac.authorization.k8s.io/v1', random => binding(random, 'Role')],
  ClusterRoleBinding: ['rbac.authorization.k8s.io/v1', random => binding(random, 'ClusterRole')],
  Ingress: [
    'networking.k8s.io/v1',
    random => ({
      spec: {
        rules: [
          {
            host: random.pick(['a.b', '$(VAR).x']),
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: nameOf(random), port: { number: 80 } } },
                },
              ],
            },
          },
        ],
        tls: random.chance(0.4) ? [{ secretName: nameOf(random) }] : undefined,
      },
    }),
  ],
  NetworkPolicy: [
    'networking.k8s.io/v1',
    random => ({
      spec: {
        podSelector: { matchLabels: labelMap(random) },
        ingress: [{ from: [{ podSelector: { matchLabels: labelMap(random) } }] }],
      },
    }),
  ],
  HorizontalPodAutoscaler: [
    'autoscaling/v2',
    random => ({
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: nameOf(random) } },
    }),
  ],
  PodDisruptionBudget: [
    'policy/v1',
    random => ({ spec: { selector: { matchLabels: labelMap(random) } } }),
  ],
  CustomResourceDefinition: [
    'apiextensions.k8s.io/v1',
    () => ({ spec: { group: 'example.com', names: { kind: 'Widget' } } }),
  ],
  ValidatingWebhookConfiguration: [
    'admissionregistration.k8s.io/v1',
    random => ({
      webhooks: [
        {
          name: 'a.b.c',
          clientConfig: { service: { name: nameOf(random), namespace: 'default' } },
        },
      ],
    }),
  ],
  Widget: [
    'example.com/v1',
    random => ({
      spec: {
        ref: nameOf(random),
        image: random.pick(images),
        containers: random.chance(0.3) ? [{ image: random.pick(images) }] : undefined,
        list: random.times(0, 3, () => ({
          name: random.pick(['a', 'b']),
          v: hostileScalar(random),
        })),
        any: hostileScalar(random),
        number: random.pick([1, 1.5, 1000000, 12345678]),
        anchored: random.chance(0.1) ? anchoredMap(random) : undefined,
        map: dataMap(random, 0, 2),
      },
    }),
  ],
  HelmRelease: [
    'helm.toolkit.fluxcd.io/v2',
    random => ({
      spec: {
        chart: { spec: { chart: 'c' } },
        valuesFrom: [{ kind: 'ConfigMap', name: nameOf(random) }],
        values: { a: hostileScalar(random) },
      },
    }),
  ],
}

function binding(random: Random, role: string): Fields {
  return {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: role, name: nameOf(random) },
    subjects: random.chance(0.9)
      ? random.times(1, 2, () => ({
          kind: 'ServiceAccount',
          name: random.pick(['default', nameOf(random)]),
          namespace: random.chance(0.4) ? random.pick(['default', 'team']) : undefined,
        }))
      : undefined,
  }
}

const kinds = Object.keys(bodies)
const common = ['Deployment', 'ConfigMap', 'Service', 'Widget', 'Secret'] as const

/** One object; its name is often one that others use too. */
export function makeObject(random: Random): Made {
  const kind = random.chance(0.5) ? random.pick(common) : random.pick(kinds)
  const [apiVersion, body] = bodies[kind] ?? ['v1', () => ({})]
  const name = nameOf(random)
  const namespace = random.chance(0.15) ? random.pick(['team', 'default', 'other']) : undefined
  const fields: Fields = {
    apiVersion,
    kind,
    metadata: metadata(random, name, namespace),
    ...body(random),
  }
  return { apiVersion, kind, name, namespace, fields }
}
