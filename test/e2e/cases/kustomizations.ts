import { applied, at, cm, define, deployment, ks, type Case } from './case.ts'

const app = (spec = '', path = './app') => ks('app', path, spec)
const one = cm('one', '  a: b\n')
const NONE = { none: true } as const
const MADE = { kustomize: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n' }
const PART = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'

/** Ways to write a kustomization.yaml. */
export const kustomizations: readonly Case[] = [
  applied('kust-empty-file', { 'kustomization.yaml': '', 'one.yaml': one }),
  applied('kust-no-resources', {
    'kustomization.yaml': `${MADE.kustomize}resources: []\n`,
    'one.yaml': one,
  }),
  applied('kust-broken', { 'kustomization.yaml': 'resources: [one.yaml\n', 'one.yaml': one }),
  applied('kust-is-component', {
    'kustomization.yaml': `${PART}resources: [one.yaml]\n`,
    'one.yaml': one,
  }),
  applied('kust-component-as-resource', {
    'kustomization.yaml': 'resources: [one.yaml, ../part]\n',
    'one.yaml': one,
    '/part/kustomization.yaml': `${PART}resources: [two.yaml]\n`,
    '/part/two.yaml': cm('two', '  a: b\n'),
  }),
  applied('kust-resource-as-component', {
    'kustomization.yaml': 'resources: [one.yaml]\ncomponents: [../part]\n',
    'one.yaml': one,
    '/part/kustomization.yaml': 'resources: [two.yaml]\n',
    '/part/two.yaml': cm('two', '  a: b\n'),
  }),
  applied(
    'kust-absent-component-ignored',
    { 'one.yaml': one },
    '  components: [../none]\n  ignoreMissingComponents: true\n',
  ),
  applied('kust-replicas-miss', {
    'kustomization.yaml': 'resources: [web.yaml]\nreplicas: [{ name: wep, count: 2 }]\n',
    'web.yaml': deployment('web'),
  }),
  applied('kust-replacement-misses', {
    'kustomization.yaml': `resources: [one.yaml]
replacements:
  - source: { kind: ConfigMap, name: two, fieldPath: data.a }
    targets: [{ select: { name: one }, fieldPaths: [data.b] }]
`,
    'one.yaml': one,
  }),
  applied('kust-sorted', {
    'kustomization.yaml':
      'resources: [one.yaml, two.yaml]\nsortOptions: { order: legacy }\nbuildMetadata: [managedByLabel, originAnnotations]\n',
    'one.yaml': one,
    'two.yaml': cm('two', '  a: b\n'),
  }),
  applied('kust-transformers', {
    'kustomization.yaml': 'resources: [one.yaml]\ntransformers: [suffix.yaml]\n',
    'one.yaml': one,
    'suffix.yaml':
      'apiVersion: builtin\nkind: SuffixTransformer\nmetadata: { name: any }\nsuffix: -made\nfieldSpecs: [{ path: metadata/name }]\n',
  }),
  applied('kust-exec-plugin', {
    'kustomization.yaml': 'resources: [one.yaml]\ntransformers: [run.yaml]\n',
    'one.yaml': one,
    'run.yaml':
      'apiVersion: example.com/v1\nkind: Run\nmetadata:\n  name: any\n  annotations: { config.kubernetes.io/function: "exec: { path: ./run.sh }" }\n',
  }),
  applied('kust-binary-file', {
    'kustomization.yaml':
      'namespace: NAMESPACE\ngeneratorOptions: { disableNameSuffixHash: true, labels: { made: "yes" } }\nconfigMapGenerator: [{ name: made, files: [a.bin, b=c.txt] }]\n',
    'a.bin': 'text \u0000 and nul\n',
    'c.txt': 'text\n',
  }),
  applied('kust-generator-replaces', {
    'kustomization.yaml':
      'resources: [base]\nconfigMapGenerator: [{ name: made, namespace: NAMESPACE, behavior: replace, literals: [c=d] }]\n',
    'base/kustomization.yaml':
      'configMapGenerator: [{ name: made, namespace: NAMESPACE, literals: [a=b] }]\n',
  }),
  applied('kust-name-reference', {
    'kustomization.yaml':
      'resources: [web.yaml]\nnamespace: NAMESPACE\nnameSuffix: -v2\nconfigMapGenerator: [{ name: settings, literals: [a=b] }]\n',
    'web.yaml': `${deployment('web')}      volumes:
        - name: files
          projected: { sources: [{ configMap: { name: settings } }] }
`,
  }),
  applied('kust-two-levels', {
    'kustomization.yaml': 'resources: [a, b]\n',
    'a/kustomization.yaml': 'namePrefix: a-\nresources: [../shared]\n',
    'b/kustomization.yaml': 'namePrefix: b-\nresources: [../shared]\n',
    'shared/kustomization.yaml': 'resources: [one.yaml]\n',
    'shared/one.yaml': one,
  }),
  define(
    'quiet-nested-typo',
    {
      'cluster/app.yaml': app(),
      'app/kustomization.yaml':
        'namespace: NAMESPACE\nresources: [one.yaml]\nconfigMapGenerators: [{ name: x }]\n',
      'app/one.yaml': one,
    },
    {
      code: 'unknown-kustomization-field',
      of: at('v1', 'ConfigMap', 'x', 'quiet-nested-typo'),
      path: [],
      shows: NONE,
    },
  ),
]
