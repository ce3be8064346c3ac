import { applied, cm, define, deployment, docs, ks, namespace, type Case } from './case.ts'

const app = (spec = '', path = './app') => ks('app', path, spec)
const one = cm('one', '  a: b\n')

/** What the spec of a Kustomization changes: namespaces, names, metadata, images, patches. */
export const transforms: readonly Case[] = [
  applied(
    'space-renamed',
    {
      'ns.yaml': namespace('NAMESPACE-first'),
      'one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one }\ndata: { a: b }\n',
    },
    '  targetNamespace: NAMESPACE-other\n',
  ),
  applied('space-on-cluster-role', {
    'role.yaml':
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: NAMESPACE-reader, namespace: NAMESPACE }\nrules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]\n',
  }),
  applied(
    'space-and-bindings',
    {
      'role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: NAMESPACE-reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects:
  - { kind: ServiceAccount, name: default, namespace: other }
  - { kind: ServiceAccount, name: reader, namespace: other }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: reader, namespace: other }
`,
    },
    '  targetNamespace: NAMESPACE\n',
  ),
  applied('space-two-in-one', {
    'all.yaml': docs(
      namespace('NAMESPACE-a'),
      namespace('NAMESPACE-b'),
      cm('x', '  a: b\n').replace('NAMESPACE', 'NAMESPACE-a'),
      cm('x', '  a: b\n').replace('NAMESPACE', 'NAMESPACE-b'),
    ),
  }),
  define('space-cross-source', {
    'cluster/app.yaml': docs(
      namespace('NAMESPACE-apps'),
      app()
        .replace('namespace: NAMESPACE', 'namespace: NAMESPACE-apps')
        .replace('name: flux-system', 'name: flux-system\n    namespace: NAMESPACE'),
    ),
    'app/one.yaml': one,
  }),
  applied('name-bad-prefix', { 'one.yaml': one }, '  namePrefix: Up_\n'),
  applied(
    'name-too-long',
    {
      'svc.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: NAMESPACE }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n',
    },
    `  nameSuffix: -${'x'.repeat(60)}\n`,
  ),
  applied('meta-bad-label', { 'one.yaml': one }, '  commonMetadata: { labels: { team: "a b" } }\n'),
  applied(
    'meta-over-own',
    { 'one.yaml': cm('one', '  a: b\n', '  labels: { team: red, own: "1" }\n') },
    '  commonMetadata: { labels: { team: blue }, annotations: { x: "1" } }\n',
  ),
  applied(
    'images-digest',
    { 'web.yaml': deployment('web') },
    `  images: [{ name: registry.example.com/main, digest: "sha256:${'1'.repeat(64)}" }]\n`,
  ),
  applied(
    'images-wrong-key',
    { 'web.yaml': deployment('web') },
    '  images: [{ name: registry.example.com/main, tag: "2" }]\n',
  ),
  applied(
    'patch-two-objects',
    { 'one.yaml': one, 'two.yaml': cm('two', '  a: b\n') },
    `  patches:
    - patch: |
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: one, namespace: NAMESPACE }
        data: { a: null, c: d }
    - patch: |
        - { op: test, path: /data/a, value: b }
        - { op: copy, from: /data/a, path: /data/e }
      target: { name: tw.* }
`,
  ),
  applied(
    'patch-test-fails',
    { 'one.yaml': one },
    `  patches:
    - patch: |
        - { op: test, path: /data/a, value: other }
        - { op: add, path: /data/c, value: d }
      target: { kind: ConfigMap }
`,
  ),
  applied(
    'patch-containers',
    { 'web.yaml': deployment('web') },
    `  patches:
    - target: { kind: Deployment }
      patch: |
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: x }
        spec:
          template:
            spec:
              containers:
                - { name: main, env: [{ name: A, value: "1" }], image: registry.example.com/main:2.0.0 }
                - { name: side, image: registry.example.com/side:1.0.0 }
`,
  ),
  define('patch-of-root', {
    'cluster/kustomization.yaml': `resources: [app.yaml, flux-system/gotk-sync.yaml]
patches:
  - target: { kind: Kustomization, name: app }
    patch: |
      - { op: replace, path: /spec/path, value: ./real }
      - { op: add, path: /spec/namePrefix, value: given- }
`,
    'cluster/app.yaml': app('', './wrong'),
    'real/one.yaml': one,
  }),
  define('patch-empty-target', {
    'cluster/app.yaml': app(
      '  patches: [{ patch: \'[{"op":"add","path":"/metadata/labels","value":{"x":"1"}}]\', target: {} }]\n',
    ),
    'app/one.yaml': one,
  }),
]
