import { applied, cm, define, deployment, docs, ks, sync, type Case } from './case.ts'

const app = (spec = '', path = './app') => ks('app', path, spec)
const one = cm('one', '  a: b\n')
const MADE = { kustomize: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n' }
const PART = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'

/** Folders as they come: odd files, and rules of what is ignored. */
export const folders: readonly Case[] = [
  applied('odd-json-file', { 'one.yaml': one, 'two.json': '{"not": "a manifest"}\n' }),
  applied('odd-empty-files', { 'one.yaml': one, 'two.yaml': '', 'three.yaml': '---\n# no\n---\n' }),
  applied('odd-upper-case-ending', { 'one.yaml': one, 'two.YAML': 'not: a manifest\n' }),
  applied('odd-crlf', {
    'one.yaml': cm('one', '  a: b\n  c: |\n    d\n    e\n').replaceAll('\n', '\r\n'),
  }),
  applied('odd-byte-order-mark', { 'one.yaml': `\uFEFF${one}` }),
  applied('odd-anchors', {
    'one.yaml': cm(
      'one',
      '  a: &a text\n  b: *a\n',
      '  labels: &l { x: "1" }\n  annotations: { <<: *l, y: "2" }\n',
    ),
  }),
  applied('odd-old-booleans', { 'one.yaml': cm('one', '  a: yes\n') }),
  applied('odd-octal', {
    'web.yaml': `${deployment('web')}      volumes:
        - name: files
          configMap: { name: files, optional: true, defaultMode: 0755 }
`,
  }),
  applied('odd-chart-folder', {
    'one.yaml': one,
    'chart/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n',
  }),
  applied('odd-nested-component', {
    'one.yaml': one,
    'part/kustomization.yaml': `${PART}resources: [two.yaml]\n`,
    'part/two.yaml': cm('two', '  a: b\n'),
  }),
  applied('odd-nested-kustomization', {
    'one.yaml': one,
    'deep/kustomization.yaml': `${MADE.kustomize}namePrefix: deep-\nresources: [two.yaml]\n`,
    'deep/two.yaml': cm('two', '  a: b\n'),
    'deep/values.yaml': 'not: a manifest\n',
  }),
  applied('odd-kind-list', {
    'one.yaml': `apiVersion: v1
kind: ConfigMapList
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: one, namespace: NAMESPACE }, data: { a: b } }
`,
  }),
  applied('odd-null-item', {
    'one.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: x, namespace: NAMESPACE }\nspec:\n  ports:\n    -\n    - { port: 80 }\n`,
  }),
  applied('ignore-replaces-defaults', {
    '/.sourceignore': '*.bak\n',
    'one.yaml': one,
    '.github/workflow.yaml': 'on: push\n',
  }),
  applied('ignore-back-in', {
    '/.sourceignore': '# only what is listed\n/*\n!/cluster/\n!/app/\napp/*\n!app/one.yaml\n',
    'one.yaml': one,
    'values.yaml': 'not: a manifest\n',
  }),
  applied('ignore-below-ignored', {
    '/.sourceignore': '/app/deep\n!/app/deep/two.yaml\n',
    'one.yaml': one,
    'deep/two.yaml': cm('two', '  a: b\n'),
    'deep/values.yaml': 'not: a manifest\n',
  }),
  define('ignore-in-both', {
    'cluster/flux-system/gotk-sync.yaml': sync(
      './cluster',
      '  ignore: |\n    !/app/drafts/one.yaml\n    *.tpl.yaml\n',
    ),
    '.sourceignore': 'drafts/*\n',
    'cluster/app.yaml': app(),
    'app/drafts/one.yaml': one,
    'app/drafts/two.yaml': 'not: a manifest\n',
    'app/three.tpl.yaml': '{{ not }}\n',
  }),
  applied('ignore-listed-resource', {
    '/.sourceignore': '*.local.yaml\n',
    'kustomization.yaml': 'resources: [one.yaml, two.local.yaml]\n',
    'one.yaml': one,
    'two.local.yaml': cm('two', '  a: b\n'),
  }),
  applied('ignore-picture', {
    'kustomization.yaml':
      'namespace: NAMESPACE\nconfigMapGenerator: [{ name: made, files: [logo.png] }]\n',
    'logo.png': 'not really\n',
  }),
  define('sparse-checkout', {
    'cluster/flux-system/gotk-sync.yaml': sync('./cluster', '  sparseCheckout: [cluster, app]\n'),
    'cluster/app.yaml': docs(app(), ks('left-out', './other')),
    'app/one.yaml': one,
    'other/two.yaml': cm('two', '  a: b\n'),
  }),
  define('include-of-itself', {
    'cluster/second.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: second, namespace: NAMESPACE }
spec:
  interval: 10m
  url: https://git.example.com/cases.git
  ref: { branch: NAMESPACE }
  include: [{ repository: { name: flux-system }, fromPath: app, toPath: given }]
`,
    'cluster/app.yaml': app('', './given').replace('name: flux-system', 'name: second'),
    'app/one.yaml': one,
  }),
]
