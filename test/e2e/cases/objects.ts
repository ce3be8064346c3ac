import { cm, define, docs, flow, ks, namespace, type Case } from './case.ts'
import { widget, widgets } from './valid.ts'

const app = (spec = '') => ks('app', './app', spec)

/** One file of `app/` with these documents. */
const all = (name: string, ...texts: readonly string[]) =>
  define(name, { 'cluster/app.yaml': app(), 'app/all.yaml': docs(...texts) })

/** The root itself applies these documents. */
const root = (name: string, ...texts: readonly string[]) =>
  define(name, { 'cluster/all.yaml': docs(...texts), 'app/one.yaml': cm('one', '  a: b\n') })

const alert = (spec: string) => flow('notification.toolkit.fluxcd.io/v1beta3', 'Alert', spec)
const provider = (spec: string) =>
  flow('notification.toolkit.fluxcd.io/v1beta3', 'Provider', spec, 'given')
const receiver = (spec: string) => flow('notification.toolkit.fluxcd.io/v1', 'Receiver', spec)
const EVENTS = 'eventSources: [{ kind: Kustomization, name: "*" }]'

/** Objects of Flux, right and wrong: sources, notifications, health, order. */
export const objects: readonly Case[] = [
  all(
    'notify-plain',
    alert(`spec:\n  providerRef: { name: given }\n  eventSeverity: error\n  ${EVENTS}`),
    provider('spec: { type: generic, address: "http://127.0.0.1:1/hook" }'),
  ),
  all(
    'notify-severity',
    alert(`spec:\n  providerRef: { name: given }\n  eventSeverity: warning\n  ${EVENTS}`),
    provider('spec: { type: generic }'),
  ),
  all('notify-no-provider-ref', alert(`spec:\n  ${EVENTS}`)),
  all(
    'notify-no-sources',
    alert('spec: { providerRef: { name: given } }'),
    provider('spec: { type: generic }'),
  ),
  all(
    'notify-source-kind',
    alert('spec: { providerRef: { name: given }, eventSources: [{ kind: Deployment, name: x }] }'),
    provider('spec: { type: generic }'),
  ),
  all('notify-provider-type', provider('spec: { type: carrier-pigeon }')),
  all('notify-provider-address', provider('spec: { type: generic, address: "example.com/hook" }')),
  all('notify-status-expression', provider('spec: { type: slack, commitStatusExpr: "\'x\'" }')),
  all(
    'notify-old-version',
    alert(`spec:\n  providerRef: { name: given }\n  ${EVENTS}`).replace('v1beta3', 'v1beta2'),
  ),
  all(
    'notify-new-version',
    alert(`spec:\n  providerRef: { name: given }\n  ${EVENTS}`).replace('v1beta3', 'v1'),
  ),
  all(
    'notify-receiver-type',
    receiver(
      'spec: { type: gitea2, secretRef: { name: x }, resources: [{ kind: GitRepository, name: flux-system }] }',
    ),
  ),
  all('notify-receiver-no-resources', receiver('spec: { type: github, secretRef: { name: x } }')),
  root('flux-source-kind', app().replace('kind: GitRepository', 'kind: HelmRepository')),
  root('flux-no-such-oci', app().replace('kind: GitRepository', 'kind: OCIRepository')),
  root('flux-no-such-bucket', app().replace('kind: GitRepository', 'kind: Bucket')),
  root('flux-external-artifact', app().replace('kind: GitRepository', 'kind: ExternalArtifact')),
  root('flux-no-prune', app().replace('  prune: true\n', '')),
  root('flux-prune-text', app().replace('prune: true', 'prune: "true"')),
  root('flux-timeout-in-days', app().replace('timeout: 15s', 'timeout: 1d')),
  root('flux-no-source-ref', app().replace(/ {2}sourceRef:\n.*\n.*\n/, '')),
  root('flux-patch-as-map', app('  patches: { patch: "a: b" }\n')),
  root('flux-bad-deletion-policy', app('  deletionPolicy: Keep\n')),
  root(
    'flux-old-kustomization',
    app().replace('toolkit.fluxcd.io/v1\n', 'toolkit.fluxcd.io/v1beta2\n'),
  ),
  root(
    'flux-repository-url',
    app(),
    flow(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'spec: { interval: 10m, url: "git@git.example.com:x.git" }',
    ),
  ),
  root(
    'flux-oci-url',
    app(),
    flow(
      'source.toolkit.fluxcd.io/v1',
      'OCIRepository',
      'spec: { interval: 10m, url: "https://oci.example.com/x" }',
    ),
  ),
  root(
    'flux-bucket-no-endpoint',
    app(),
    flow('source.toolkit.fluxcd.io/v1', 'Bucket', 'spec: { interval: 10m, bucketName: x }'),
  ),
  define('flux-same-path-twice', {
    'cluster/all.yaml': docs(app(), ks('again', './app/', '  namePrefix: again-\n')),
    'app/one.yaml': cm('one', '  a: b\n'),
  }),
  define('health-exprs', {
    'cluster/app.yaml': app(
      '  wait: true\n  healthCheckExprs: [{ apiVersion: k14.example.com/v1, kind: Widget, current: "spec.size == 3", failed: "spec.size > 4" }]\n',
    ),
    'app/all.yaml': docs(widgets('k14.example.com'), widget('k14.example.com')),
  }),
  define('health-exprs-unused', {
    'cluster/app.yaml': app(
      '  healthCheckExprs: [{ apiVersion: v1, kind: ConfigMap, current: "data.a == \'b\'" }]\n',
    ),
    'app/one.yaml': cm('one', '  a: b\n'),
  }),
  define('health-exprs-not-bool', {
    'cluster/app.yaml': app(
      '  wait: true\n  healthCheckExprs: [{ apiVersion: v1, kind: ConfigMap, current: "\'yes\'" }]\n',
    ),
    'app/one.yaml': cm('one', '  a: b\n'),
  }),
  define('health-exprs-function', {
    'cluster/app.yaml': app(
      '  wait: true\n  healthCheckExprs: [{ apiVersion: v1, kind: ConfigMap, current: "nosuch(data)" }]\n',
    ),
    'app/one.yaml': cm('one', '  a: b\n'),
  }),
  define('health-exprs-no-current', {
    'cluster/app.yaml': app(
      '  wait: true\n  healthCheckExprs: [{ apiVersion: v1, kind: ConfigMap, failed: "false" }]\n',
    ),
    'app/one.yaml': cm('one', '  a: b\n'),
  }),
  define('ready-expr', {
    'cluster/app.yaml': docs(
      app('  dependsOn: [{ name: first, readyExpr: "dep.metadata.generation >= 1" }]\n'),
      ks('first', './first'),
    ),
    'app/one.yaml': cm('one', '  a: b\n'),
    'first/two.yaml': cm('two', '  a: b\n'),
  }),
  define('ready-expr-broken', {
    'cluster/app.yaml': docs(
      app('  dependsOn: [{ name: first, readyExpr: "dep.metadata.generation >=" }]\n'),
      ks('first', './first'),
    ),
    'app/one.yaml': cm('one', '  a: b\n'),
    'first/two.yaml': cm('two', '  a: b\n'),
  }),
  define('depends-on-itself', {
    'cluster/app.yaml': app('  dependsOn: [{ name: app }]\n'),
    'app/one.yaml': cm('one', '  a: b\n'),
  }),
  define('depends-elsewhere', {
    'cluster/app.yaml': docs(
      namespace('NAMESPACE-apps'),
      app('  dependsOn: [{ name: first, namespace: NAMESPACE-apps }]\n'),
      ks('first', './first')
        .replace('namespace: NAMESPACE', 'namespace: NAMESPACE-apps')
        .replace('name: flux-system', 'name: flux-system\n    namespace: NAMESPACE'),
    ),
    'app/one.yaml': cm('one', '  a: b\n'),
    'first/two.yaml': cm('two', '  a: b\n'),
  }),
]
