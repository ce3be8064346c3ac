import { cm, define, docs, helmRepository, ks, release, secret, type Case } from './case.ts'

const app = (spec = '') => ks('app', './app', spec)

/** A repository with one release of `greeter`; its Kustomization does not wait. */
const releases = (name: string, spec = '', version = '1.x', ...more: readonly string[]) =>
  define(name, {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(helmRepository, release('hello', spec, version), ...more),
  })

const chart = (extra = '') => ({
  'charts/own/Chart.yaml': 'apiVersion: v2\nname: own\nversion: 1.0.0\n',
  'charts/own/values.yaml': 'word: hello\n',
  'charts/own/templates/cm.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  word: {{ .Values.word | quote }}\n' +
    extra,
})

const fromGit = (path: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: own, namespace: NAMESPACE }
spec:
  interval: 10m
  timeout: 20s
  chart:
    spec:
      chart: ${path}
      sourceRef: { kind: GitRepository, name: flux-system }
`

/** Helm releases, those that Flux installs and those that it cannot. */
export const helm: readonly Case[] = [
  releases('hr-plain'),
  releases('hr-values', '  values: { greeting: "good day", port: 81, more: { a: [1, 2] } }\n'),
  releases(
    'hr-values-from',
    `  valuesFrom:
    - { kind: ConfigMap, name: values }
    - { kind: ConfigMap, name: values, valuesKey: word, targetPath: greeting }
    - { kind: ConfigMap, name: none, optional: true }
  values: { port: 82 }
`,
    '1.x',
    cm('values', '  values.yaml: |\n    greeting: from file\n    port: 83\n  word: from key\n'),
  ),
  releases(
    'hr-patched',
    `  postRenderers:
    - kustomize:
        patches:
          - patch: '[{"op":"add","path":"/data/more","value":"patched"}]'
            target: { kind: ConfigMap }
`,
  ),
  define('hr-waited', {
    'cluster/app.yaml': app('  wait: true\n'),
    'app/release.yaml': docs(helmRepository, release('hello')),
  }),
  define('hr-depends', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(
      helmRepository,
      release('first'),
      release('second', '  dependsOn: [{ name: first }]\n'),
    ),
  }),
  define('hr-from-git', {
    'cluster/app.yaml': app(),
    'app/release.yaml': fromGit('./charts/own'),
    ...chart(),
  }),
  releases('hr-no-version', '', '7.x'),
  releases('hr-pre-release', '', '2.x'),
  releases('hr-bad-range', '', 'one.two'),
  releases('hr-bad-values', '  values: { port: many }\n'),
  releases('hr-value-too-large', '  values: { port: 99999 }\n'),
  releases('hr-missing-values', '  valuesFrom: [{ kind: ConfigMap, name: absent }]\n'),
  releases(
    'hr-bad-values-file',
    '  valuesFrom: [{ kind: ConfigMap, name: values }]\n',
    '1.x',
    cm('values', '  values.yaml: "a: [b"\n'),
  ),
  releases('hr-missing-dependency', '  dependsOn: [{ name: nobody }]\n'),
  releases('hr-unknown-field', '  releasName: x\n'),
  releases('hr-long-release-name', `  releaseName: ${'a'.repeat(54)}\n`),
  releases('hr-chart-twice', '  chartRef: { kind: HelmChart, name: x }\n'),
  define('hr-no-repository', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(helmRepository, release('hello', '', '1.x', 'chartz')),
  }),
  define('hr-no-chart-folder', {
    'cluster/app.yaml': app(),
    'app/release.yaml': fromGit('./charts/wrong'),
    ...chart(),
  }),
  define('hr-oci-without-type', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(
      helmRepository.replace('https://charts.example.com', 'oci://charts.example.com/x'),
      release('hello'),
    ),
  }),
  define('hr-bad-and-waited', {
    'cluster/app.yaml': docs(
      app('  wait: true\n'),
      ks('after', './after', '  dependsOn: [{ name: app }]\n'),
    ),
    'app/release.yaml': docs(helmRepository, release('hello', '  values: { port: many }\n')),
    'after/one.yaml': cm('after', '  a: b\n'),
  }),
  define('hr-sealed-values', seal => ({
    'cluster/app.yaml': app('  decryption: { provider: sops, secretRef: { name: sops-age } }\n'),
    'app/release.yaml': docs(
      helmRepository,
      release('hello', '  valuesFrom: [{ kind: Secret, name: values }]\n'),
    ),
    'app/values.sops.yaml': seal(
      secret('values', '  values.yaml: "greeting: from a secret"\n'),
      'values.yaml',
    ),
  })),
]
