import {
  at,
  cm,
  DECRYPTION,
  define,
  deployment,
  docs,
  ks,
  namespace,
  secret,
  sync,
  type Case,
} from './case.ts'
import { widget } from './valid.ts'

const app = (spec = '', path = './app') => ks('app', path, spec)
const one = cm('one', '  a: b\n')
const patches = (text: string) => app(`  patches:\n${text}`)

/** A folder of one app that Flux generates the kustomization.yaml for. */
const folder = (name: string, files: Readonly<Record<string, string>>, spec = '') =>
  define(name, {
    'cluster/app.yaml': app(spec),
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`app/${path}`, text])),
  })

/** Repositories from which Flux builds nothing. */
export const unbuilt: readonly Case[] = [
  define('no-path', { 'cluster/app.yaml': app('', './apps'), 'app/one.yaml': one }),
  define('no-root-path', {
    'cluster/flux-system/gotk-sync.yaml': sync('./clusters'),
    'cluster/one.yaml': one,
  }),
  define('path-is-file', { 'cluster/app.yaml': app('', './app/one.yaml'), 'app/one.yaml': one }),
  define('path-backslash', { 'cluster/app.yaml': app('', '.\\app'), 'app/one.yaml': one }),
  define('path-ignored', {
    'cluster/app.yaml': app(),
    'app/one.yaml': one,
    '.sourceignore': '/*\n!/cluster\n',
  }),
  define('path-ignored-by-spec', {
    'cluster/flux-system/gotk-sync.yaml': sync('./cluster', '  ignore: |\n    /app\n'),
    'cluster/app.yaml': app(),
    'app/one.yaml': one,
  }),
  define('path-is-link', {
    'cluster/app.yaml': app(),
    'real/one.yaml': one,
    app: { link: 'real' },
  }),
  folder('not-a-manifest', { 'one.yaml': one, 'values.yaml': 'replicas: 2\n' }),
  folder('hidden-not-a-manifest', { 'one.yaml': one, '.config/x.yaml': 'replicas: 2\n' }),
  folder('broken-yaml', { 'one.yaml': one, 'two.yaml': 'a: [b\n' }),
  folder('tab-in-yaml', { 'one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: x\n' }),
  folder('no-name', { 'one.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata: { a: b }\n' }),
  folder('generate-name', {
    'kustomization.yaml': 'resources: [one.yaml]\n',
    'one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { generateName: x- }\n',
  }),
  folder('two-kustomizations', {
    'kustomization.yaml': 'resources: [one.yaml]\n',
    'kustomization.yml': 'resources: [one.yaml]\n',
    'one.yaml': one,
  }),
  folder('missing-resource', {
    'kustomization.yaml': 'resources: [one.yaml, two.yaml]\n',
    'one.yaml': one,
  }),
  folder('resource-cycle', {
    'kustomization.yaml': 'resources: [deep]\n',
    'deep/kustomization.yaml': 'resources: [..]\n',
  }),
  folder('duplicate-id', { 'one.yaml': one, 'two.yaml': one }),
  folder('nested-unknown-field', {
    'kustomization.yaml': 'resources: [base]\n',
    'base/kustomization.yaml': 'resource: [one.yaml]\n',
    'base/one.yaml': one,
  }),
  folder('escaping-resource', { 'kustomization.yaml': 'resources: [../../outside.yaml]\n' }),
  folder('helm-charts', {
    'kustomization.yaml': 'helmCharts: [{ name: x, repo: "https://charts.example.com" }]\n',
  }),
  folder('patch-misses', {
    'kustomization.yaml': `resources: [one.yaml]\npatches: [{ path: patch.yaml }]\n`,
    'one.yaml': one,
    'patch.yaml': cm('other', '  a: c\n'),
  }),
  folder('json-patch-path', {
    'kustomization.yaml': `resources: [one.yaml]
patches:
  - target: { kind: ConfigMap }
    patch: '[{"op":"replace","path":"/spec/none","value":1}]'
`,
    'one.yaml': one,
  }),
  folder('merge-of-nothing', {
    'kustomization.yaml':
      'configMapGenerator: [{ name: x, behavior: merge, literals: [a=b] }]\nresources: [one.yaml]\n',
    'one.yaml': one,
  }),
  folder('linked-resource', { 'kustomization.yaml': 'resources: [one.yaml]\n' }),
  define('link-in-resources', {
    'cluster/app.yaml': app(),
    'app/kustomization.yaml': 'resources: [one.yaml]\n',
    'app/one.yaml': { link: '../elsewhere/one.yaml' },
    'elsewhere/one.yaml': one,
  }),
  define('remote-component', {
    'cluster/app.yaml': app('  components: [https://git.example.com/parts]\n'),
    'app/one.yaml': one,
  }),
  define('missing-component', {
    'cluster/app.yaml': app('  components: [../parts]\n'),
    'app/one.yaml': one,
  }),
  define('spec-patch-misses', {
    'cluster/app.yaml': patches(`    - patch: |
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: other, namespace: NAMESPACE }
        data: { a: c }
`),
    'app/one.yaml': one,
  }),
  // Expected to be refused; it turned out that the ciphertext is applied.
  define(
    'no-decryption',
    seal => ({
      'cluster/app.yaml': app(),
      'app/hidden.sops.yaml': seal(secret('hidden', '  a: b\n'), 'hidden.yaml'),
    }),
    {
      code: 'missing-decryption',
      of: at('v1', 'Secret', 'hidden', 'no-decryption'),
      path: ['data', 'a'],
      shows: { begin: Buffer.from('ENC[AES256_GCM').toString('base64').slice(0, 16) },
    },
  ),
  define('wrong-format-of-ciphertext', seal => ({
    'cluster/app.yaml': app(DECRYPTION),
    'app/kustomization.yaml':
      'namespace: NAMESPACE\nsecretGenerator: [{ name: x, files: [token=token.enc.yaml] }]\n',
    'app/token.enc.yaml': seal('token: x\n', 'token.enc.yaml'),
  })),
]

/** Repositories that Flux builds and the API server refuses. */
export const refused: readonly Case[] = [
  folder('no-namespace', {
    'one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n',
  }),
  folder('nowhere', {
    'one.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: NAMESPACE-none }\n',
  }),
  folder('target-nowhere', { 'one.yaml': one }, '  targetNamespace: NAMESPACE-none\n'),
  folder('unknown-kind', {
    'one.yaml':
      'apiVersion: apps/v1\nkind: Deploymnet\nmetadata: { name: x, namespace: NAMESPACE }\n',
  }),
  folder('unknown-group', { 'one.yaml': widget('nowhere.example.com') }),
  folder('removed-version', {
    'one.yaml':
      'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: x, namespace: NAMESPACE }\n',
  }),
  folder('removed-flux-version', {
    'one.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1beta2\nkind: HelmRepository\nmetadata: { name: x, namespace: NAMESPACE }\nspec: { interval: 1h, url: "https://charts.example.com" }\n',
  }),
  folder('wrong-type', {
    'web.yaml': deployment('web', '', '          ports: [{ containerPort: http }]\n'),
  }),
  folder('number-in-data', { 'one.yaml': cm('one', '  port: 8080\n') }),
  folder('bad-port', {
    'web.yaml': deployment('web', '', '          ports: [{ containerPort: 70000 }]\n'),
  }),
  folder('bad-enum', {
    'web.yaml': deployment('web', '', '          imagePullPolicy: Sometimes\n'),
  }),
  folder('duplicate-env', {
    'web.yaml': deployment(
      'web',
      '',
      '          env: [{ name: A, value: a }, { name: A, value: b }]\n',
    ),
  }),
  folder('selector-mismatch', {
    'web.yaml': deployment('web').replace('labels: { app: web }', 'labels: { app: other }'),
  }),
  folder('missing-mount', {
    'web.yaml': deployment('web', '', '          volumeMounts: [{ name: none, mountPath: /x }]\n'),
  }),
  folder('bad-label', { 'one.yaml': cm('one', '  a: b\n', '  labels: { team: "a b" }\n') }),
  folder('bad-name', { 'one.yaml': cm('Upper_Case', '  a: b\n') }),
  folder('bad-base64', {
    'one.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: { name: x, namespace: NAMESPACE }\ndata: { a: "%%%" }\n',
  }),
  folder('crd-limit', {
    'crd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: wrong.three.example.com }
spec:
  group: three.example.com
  scope: Namespaced
  names: { kind: Widget, plural: widgets }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`,
  }),
  folder('one-bad-of-many', {
    'one.yaml': one,
    'two.yaml': cm('two', '  a: b\n'),
    'web.yaml': deployment('web', '  replicass: 1\n').replace('replicas: 1', 'replicas: some'),
  }),
  define('bad-interval', {
    'cluster/app.yaml': app().replace('interval: 10m', 'interval: 10 minutes'),
    'app/one.yaml': one,
  }),
  define('unknown-flux-field', {
    'cluster/app.yaml': app('  dependOn: []\n'),
    'app/one.yaml': one,
  }),
  define('long-kustomization-name', {
    'cluster/app.yaml': ks(`a${'b'.repeat(63)}`, './app'),
    'app/one.yaml': one,
  }),
  define('depends-on-nothing', {
    'cluster/app.yaml': app('  dependsOn: [{ name: infra }]\n'),
    'app/one.yaml': one,
  }),
  define('depends-in-circle', {
    'cluster/app.yaml': docs(
      app('  dependsOn: [{ name: two }]\n'),
      ks('two', './two', '  dependsOn: [{ name: app }]\n'),
    ),
    'app/one.yaml': one,
    'two/two.yaml': cm('two', '  a: b\n'),
  }),
  define('no-source', {
    'cluster/app.yaml': app().replace('name: flux-system', 'name: flux-sistem'),
    'app/one.yaml': one,
  }),
  define('source-elsewhere', {
    'cluster/app.yaml': app().replace(
      'name: flux-system',
      'name: flux-system\n    namespace: default',
    ),
    'app/one.yaml': one,
  }),
  define('check-of-nothing', {
    'cluster/app.yaml': app(
      '  healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: wep, namespace: NAMESPACE }]\n',
    ),
    'app/web.yaml': deployment('web'),
  }),
  define('bad-cel', {
    'cluster/app.yaml': app(
      '  wait: true\n  healthCheckExprs: [{ apiVersion: v1, kind: ConfigMap, current: "data.a ==" }]\n',
    ),
    'app/one.yaml': one,
  }),
  define('namespace-in-later-stage', {
    'cluster/app.yaml': docs(app('  dependsOn: [{ name: bad }]\n'), ks('bad', './bad')),
    'bad/ns.yaml': namespace('Bad_Name'),
    'app/one.yaml': one,
  }),
]
