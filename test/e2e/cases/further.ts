import { at, cm, define, deployment, docs, helmRepository, ks, type Case } from './case.ts'
import { widget, widgets } from './valid.ts'

const app = (spec = '') => ks('app', './app', spec)
const one = cm('one', '  a: b\n')

const folder = (name: string, files: Readonly<Record<string, string>>, spec = '') =>
  define(name, {
    'cluster/app.yaml': app(spec),
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`app/${path}`, text])),
  })

const listed = (more: string) => ({
  'kustomization.yaml': `resources: [one.yaml]\n${more}`,
  'one.yaml': one,
})

const chartRef = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmChart
metadata: { name: greeter, namespace: NAMESPACE }
spec:
  interval: 10m
  chart: greeter
  version: 1.x
  sourceRef: { kind: HelmRepository, name: charts }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: hello, namespace: NAMESPACE }
spec:
  interval: 10m
  timeout: 20s
  chartRef: { kind: HelmChart, name: greeter }
`

/** More ways to write a repository, right and wrong. */
export const further: readonly Case[] = [
  folder('other-file-name', { 'kustomization.yml': 'resources: [one.yaml]\n', 'one.yaml': one }),
  folder('third-file-name', { Kustomization: 'resources: [one.yaml]\n', 'one.yaml': one }),
  define('not-reconciled', {
    'cluster/app.yaml': app(),
    'app/one.yaml': one,
    'app/two.yaml': cm(
      'two',
      '  a: b\n',
      '  annotations: { kustomize.toolkit.fluxcd.io/reconcile: disabled }\n',
    ),
  }),
  folder('deleting-patch', {
    'kustomization.yaml': `resources: [one.yaml, two.yaml]
patches: [{ patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: two, namespace: NAMESPACE}, $patch: delete}" }]
`,
    'one.yaml': one,
    'two.yaml': cm('two', '  a: b\n'),
  }),
  folder('digest', {
    'kustomization.yaml': `resources: [web.yaml]
images: [{ name: registry.example.com/main, digest: "sha256:${'0'.repeat(64)}" }]
`,
    'web.yaml': deployment('web'),
  }),
  define('hr-chart-ref', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(helmRepository, chartRef),
  }),
  define('hr-chart-ref-missing', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(
      helmRepository,
      chartRef.replace('HelmChart, name: greeter', 'HelmChart, name: gretter'),
    ),
  }),
  folder(
    'wrong-kustomization-version',
    listed('apiVersion: kustomize.config.k8s.io/v2\nkind: Kustomization\n'),
  ),
  folder(
    'generator-without-file',
    listed('configMapGenerator: [{ name: x, files: [none.txt] }]\n'),
  ),
  folder('patch-without-file', listed('patches: [{ path: none.yaml }]\n')),
  folder(
    'patch-not-yaml',
    { 'one.yaml': one },
    '  patches: [{ patch: "a: [b", target: { kind: ConfigMap } }]\n',
  ),
  folder('duplicate-key', { 'one.yaml': `${one}data:\n  c: d\n` }),
  folder('not-utf-8', {
    'one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "a\\x80" }\n',
  }),
  folder('crd-refuses-value', {
    'crd.yaml': widgets('four.example.com'),
    'widget.yaml': widget('four.example.com', 'size: 9'),
  }),
  folder('crd-refuses-field', {
    'crd.yaml': widgets('five.example.com'),
    'widget.yaml': widget('five.example.com', 'sise: 3'),
  }),
  folder('two-namespaces', listed('namespace: NAMESPACE-none\n')),
  define(
    'quiet-role-field',
    {
      'cluster/app.yaml': app(),
      'app/svc.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: NAMESPACE }\nspec: { selectors: { app: web }, ports: [{ port: 80 }] }\n',
    },
    {
      code: 'unknown-field',
      of: at('v1', 'Service', 'web', 'quiet-role-field'),
      path: ['spec', 'selectors'],
      shows: { none: true },
    },
  ),
]
