import { define, deployment, docs, flow, ks, type Case } from './case.ts'
import { widget, widgets } from './valid.ts'

const app = (spec = '') => ks('app', './app', spec)

/** One file of `app/` with these documents. */
const all = (name: string, ...texts: readonly string[]) =>
  define(name, { 'cluster/app.yaml': app(), 'app/all.yaml': docs(...texts) })

/** A CRD for widgets with another schema of spec. */
const schema = (group: string, properties: string, more = '') =>
  widgets(group)
    .replace(
      '                size: { type: integer, maximum: 5 }\n',
      `                ${properties}\n`,
    )
    .replace(
      '              type: object\n              properties',
      `              type: object\n${more}              properties`,
    )

/** Custom resources, and what must come before what. */
export const customs: readonly Case[] = [
  all(
    'crd-unserved-version',
    widgets('k1.example.com'),
    widget('k1.example.com').replace('/v1\n', '/v2\n'),
  ),
  all(
    'crd-cluster-scoped',
    widgets('k2.example.com').replace('scope: Namespaced', 'scope: Cluster'),
    widget('k2.example.com').replace(', namespace: NAMESPACE', ''),
  ),
  all(
    'crd-rule',
    schema(
      'k3.example.com',
      'size: { type: integer }',
      '              x-kubernetes-validations: [{ rule: "self.size < 5", message: too large }]\n',
    ),
    widget('k3.example.com', 'size: 7'),
  ),
  all(
    'crd-defaults',
    schema(
      'k4.example.com',
      'size: { type: integer, default: 2 }\n                color: { type: string, default: red }',
    ),
    widget('k4.example.com', 'color: blue'),
  ),
  all(
    'crd-required',
    schema('k5.example.com', 'size: { type: integer }', '              required: [size]\n'),
    widget('k5.example.com', ''),
  ),
  all(
    'crd-pattern',
    schema('k6.example.com', 'color: { type: string, pattern: "^[a-z]+$" }'),
    widget('k6.example.com', 'color: Red1'),
  ),
  all(
    'crd-list-twice',
    schema(
      'k7.example.com',
      'parts: { type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name], items: { type: object, required: [name], properties: { name: { type: string } } } }',
    ),
    widget('k7.example.com', 'parts: [{ name: a }, { name: a }]'),
  ),
  all(
    'crd-open-field',
    schema('k8.example.com', 'any: { type: object, x-kubernetes-preserve-unknown-fields: true }'),
    widget('k8.example.com', 'any: { thing: [1, { two: "2" }] }'),
  ),
  all(
    'crd-int-or-string',
    schema(
      'k9.example.com',
      'port: { x-kubernetes-int-or-string: true }\n                when: { type: string, format: date-time }',
    ),
    widget('k9.example.com', 'port: 80%, when: "2026-01-31T00:00:00Z"'),
  ),
  all(
    'crd-bad-date',
    schema('k10.example.com', 'when: { type: string, format: date-time }'),
    widget('k10.example.com', 'when: "yesterday"'),
  ),
  all('crd-not-structural', schema('k11.example.com', 'size: { maximum: 5 }')),
  all(
    'crd-enum',
    schema('k12.example.com', 'color: { type: string, enum: [red, blue] }'),
    widget('k12.example.com', 'color: green'),
  ),
  all(
    'crd-null-value',
    schema(
      'k13.example.com',
      'size: { type: integer }\n                name: { type: string, nullable: true }',
    ),
    widget('k13.example.com', 'size: 1, name: null'),
  ),
  define('crd-of-release', {
    'cluster/app.yaml': app(),
    'app/all.yaml': docs(
      `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: own, namespace: NAMESPACE }
spec:
  interval: 10m
  timeout: 20s
  chart: { spec: { chart: ./charts/own, sourceRef: { kind: GitRepository, name: flux-system } } }
`,
      widget('k15.example.com'),
    ),
    'charts/own/Chart.yaml': 'apiVersion: v2\nname: own\nversion: 1.0.0\n',
    'charts/own/crds/crd.yaml': widgets('k15.example.com'),
  }),
  define('staged-class', {
    'cluster/app.yaml': app(),
    'app/all.yaml': docs(
      flow(
        'v1',
        'PersistentVolumeClaim',
        'spec: { storageClassName: staged-class-fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
      ),
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: staged-class-fast }\nprovisioner: example.com/none\n',
      'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: staged-class-high }\nvalue: 1000\n',
      deployment('web').replace(
        '      containers:\n',
        '      priorityClassName: staged-class-high\n      containers:\n',
      ),
    ),
  }),
]
