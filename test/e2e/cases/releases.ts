import { at, cm, define, docs, helmRepository, ks, namespace, release, type Case } from './case.ts'

const app = (spec = '') => ks('app', './app', spec)

/** A repository with one release of `greeter`. */
const releases = (name: string, spec = '', ...more: readonly string[]) =>
  define(name, {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(helmRepository, release('hello', spec), ...more),
  })

const own = (files: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  'charts/own/Chart.yaml': 'apiVersion: v2\nname: own\nversion: 1.0.0\n',
  'charts/own/values.yaml': 'word: hello\n',
  'charts/own/templates/cm.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  word: {{ .Values.word | quote }}\n',
  ...files,
})

const fromGit = (chart = '', spec = '') => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: own, namespace: NAMESPACE }
spec:
  interval: 10m
  timeout: 20s
  chart:
    spec:
      chart: ./charts/own
      sourceRef: { kind: GitRepository, name: flux-system }
${chart}${spec}`

const git = (name: string, text: string, files = own()) =>
  define(name, { 'cluster/app.yaml': app(), 'app/release.yaml': text, ...files })

const rendered = (patch: string, target: string) => `  postRenderers:
    - kustomize:
        patches:
          - patch: |
              ${patch.replaceAll('\n', '\n              ')}
            ${target}
`

/** Helm releases in more ways: values, post-renderers, places, references. */
export const releasesToo: readonly Case[] = [
  releases(
    'rel-target-paths',
    `  valuesFrom:
    - { kind: ConfigMap, name: values, valuesKey: word, targetPath: "list[1].name" }
    - { kind: ConfigMap, name: values, valuesKey: word, targetPath: 'deep.dotted\\.key' }
    - { kind: ConfigMap, name: values, valuesKey: odd, targetPath: literal, literal: true }
  values: { list: [{ name: first }] }
`,
    cm('values', '  word: from key\n  odd: "a,b={c}"\n'),
  ),
  releases(
    'rel-target-under-inline',
    `  valuesFrom: [{ kind: ConfigMap, name: values, valuesKey: word, targetPath: greeting }]
  values: { greeting: inline }
`,
    cm('values', '  word: from key\n'),
  ),
  releases(
    'rel-number-at-path',
    '  valuesFrom: [{ kind: ConfigMap, name: values, valuesKey: port, targetPath: port }]\n',
    cm('values', '  port: "8080"\n'),
  ),
  releases(
    'rel-text-at-path',
    '  valuesFrom: [{ kind: ConfigMap, name: values, valuesKey: port, targetPath: port }]\n',
    cm('values', '  port: many\n'),
  ),
  releases(
    'rel-absent-key',
    '  valuesFrom: [{ kind: ConfigMap, name: values, valuesKey: none }]\n',
    cm('values', '  word: x\n'),
  ),
  releases(
    'rel-values-in-order',
    `  valuesFrom:
    - { kind: ConfigMap, name: first }
    - { kind: ConfigMap, name: second }
  values: { more: { c: inline } }
`,
    cm(
      'first',
      '  values.yaml: |\n    greeting: first\n    more: { a: first, b: first, list: [1, 2] }\n',
    ),
    cm('second', '  values.yaml: |\n    more: { b: second, c: second, list: [3] }\n'),
  ),
  releases(
    'rel-patch-renders',
    rendered(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata: { more: patched }',
      'target: { kind: ConfigMap, name: hello-.* }',
    ),
  ),
  releases(
    'rel-patch-path-missing',
    rendered('[{"op":"replace","path":"/spec/none","value":1}]', 'target: { kind: ConfigMap }'),
  ),
  releases(
    'rel-patch-names-nothing',
    rendered(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: none }\ndata: { more: patched }',
      '',
    ),
  ),
  releases(
    'rel-labels',
    '  commonMetadata: { labels: { team: red }, annotations: { note: "1" } }\n',
  ),
  releases(
    'rel-creates-namespace',
    '  targetNamespace: NAMESPACE-made\n  install: { createNamespace: true }\n',
  ),
  releases('rel-target-nowhere', '  targetNamespace: NAMESPACE-none\n'),
  releases(
    'rel-target-applied',
    '  targetNamespace: NAMESPACE-target\n  storageNamespace: NAMESPACE-target\n',
    namespace('NAMESPACE-target'),
  ),
  releases(
    'rel-circle',
    '  dependsOn: [{ name: other }]\n',
    release('other', '  dependsOn: [{ name: hello }]\n'),
  ),
  releases(
    'rel-bad-strategy',
    '  install: { strategy: { name: RemediateOnFailure, retryInterval: 1m } }\n',
  ),
  releases('rel-bad-drift-mode', '  driftDetection: { mode: enable }\n'),
  releases('rel-bad-timeout', '  rollback: { timeout: 5 }\n'),
  releases(
    'rel-no-wait',
    '  install: { disableWait: true, remediation: { retries: 2 } }\n  upgrade: { crds: CreateReplace }\n  driftDetection: { mode: enabled, ignore: [{ paths: ["/data"], target: { kind: ConfigMap } }] }\n',
  ),
  define('rel-exact-version', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(helmRepository, release('hello', '', '1.2.0')),
  }),
  define('rel-no-such-exact-version', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(helmRepository, release('hello', '', '1.3.0')),
  }),
  define('rel-pre-release-asked', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(helmRepository, release('hello', '', '>=2.0.0-0')),
  }),
  define('rel-no-such-chart', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(
      helmRepository,
      release('hello').replace('chart: greeter', 'chart: greter'),
    ),
  }),
  define('rel-repository-elsewhere', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(
      namespace('NAMESPACE-shared'),
      helmRepository.replace('namespace: NAMESPACE', 'namespace: NAMESPACE-shared'),
      release('hello').replace(
        'name: charts\n',
        'name: charts\n        namespace: NAMESPACE-shared\n',
      ),
    ),
  }),
  define('rel-no-interval', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(helmRepository, release('hello').replace('  interval: 10m\n', '')),
  }),
  define('rel-old-version', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(
      helmRepository,
      release('hello').replace('toolkit.fluxcd.io/v2\n', 'toolkit.fluxcd.io/v2beta2\n'),
    ),
  }),
  define('rel-values-are-text', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(helmRepository, release('hello', '  values: "greeting: x"\n')),
  }),
  define('rel-in-substitution', {
    'cluster/app.yaml': app('  postBuild: { substitute: { word: given } }\n'),
    'app/release.yaml': docs(
      helmRepository,
      release('hello', '  values: { greeting: "${word}", kept: "$${word}" }\n'),
    ),
  }),
  git('rel-git-version-ignored', fromGit('      version: 9.x\n')),
  git(
    'rel-git-values-file',
    fromGit('      valuesFiles: [./charts/own/values.yaml, ./charts/own/values-prod.yaml]\n'),
    own({ 'charts/own/values-prod.yaml': 'word: prod\n' }),
  ),
  git(
    'rel-git-values-file-missing',
    fromGit('      valuesFiles: [./charts/own/values-none.yaml]\n'),
  ),
  git('rel-git-no-chart-yaml', fromGit(), {
    'charts/own/values.yaml': 'word: x\n',
    'charts/own/templates/x.yaml': '',
  }),
  git(
    'rel-git-schema',
    fromGit('', '  values: { word: 5 }\n'),
    own({
      'charts/own/values.schema.json':
        '{"type":"object","properties":{"word":{"type":"string"}},"additionalProperties":false}',
    }),
  ),
  git(
    'rel-git-schema-extra',
    fromGit('', '  values: { wrod: x }\n'),
    own({
      'charts/own/values.schema.json':
        '{"type":"object","properties":{"word":{"type":"string"}},"additionalProperties":false}',
    }),
  ),
  git(
    'rel-chart-v3',
    fromGit(),
    own({ 'charts/own/Chart.yaml': 'apiVersion: v3\nname: own\nversion: 1.0.0\n' }),
  ),
  define('rel-chart-ref-bad-kind', {
    'cluster/app.yaml': app(),
    'app/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: hello, namespace: NAMESPACE }
spec: { interval: 10m, chartRef: { kind: HelmRepository, name: charts } }
`,
  }),
  define('rel-chart-ref-no-oci', {
    'cluster/app.yaml': app(),
    'app/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: hello, namespace: NAMESPACE }
spec: { interval: 10m, chartRef: { kind: OCIRepository, name: charts } }
`,
  }),
  define(
    'quiet-same-release',
    {
      'cluster/app.yaml': app(),
      'app/release.yaml': docs(
        helmRepository,
        release('hello', '  releaseName: same\n'),
        release(
          'other',
          '  releaseName: same\n  dependsOn: [{ name: hello }]\n  values: { greeting: other }\n',
        ),
      ),
    },
    {
      code: 'duplicate-release',
      of: at('v1', 'Secret', 'sh.helm.release.v1.same.v2', 'quiet-same-release'),
      path: ['type'],
      shows: { value: 'helm.sh/release.v1' },
    },
  ),
]
