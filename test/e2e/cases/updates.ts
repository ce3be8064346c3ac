import {
  at,
  cm,
  define,
  deployment,
  docs,
  flow,
  helmRepository,
  ks,
  release,
  type Case,
} from './case.ts'
import { widget, widgets } from './valid.ts'

const app = (spec = '') => ks('app', './app', spec)

/** A repository whose Kustomization has applied other manifests before. */
function changed(
  name: string,
  before: string,
  after: string,
  spec = '',
  ...effects: Case['effects']
): Case {
  const files = (text: string) => ({ 'cluster/app.yaml': app(spec), 'app/all.yaml': text })
  return { ...define(name, files(after), ...effects), before: define(name, files(before)).files }
}

const other = (text: string) =>
  text
    .replace('matchLabels: { app: web }', 'matchLabels: { app: other }')
    .replace('labels: { app: web }', 'labels: { app: other }')
const FORCED = '  annotations: { kustomize.toolkit.fluxcd.io/force: enabled }\n'
const forced = (text: string) => text.replace('  name: web\n', `  name: web\n${FORCED}`)
const KEPT = '  labels: { kustomize.toolkit.fluxcd.io/prune: disabled }\n'
const one = cm('one', '  a: b\n')
const two = cm('two', '  a: b\n')

const job = (image: string) =>
  flow(
    'batch/v1',
    'Job',
    `spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: "registry.example.com/main:${image}" }] } } }`,
  )
const binding = (role: string) =>
  flow(
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }\nsubjects: [{ kind: ServiceAccount, name: default, namespace: NAMESPACE }]`,
  )
const claim = (size: string, more = '') =>
  flow(
    'v1',
    'PersistentVolumeClaim',
    `spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${size} } }${more} }`,
  )
const store = (size: string, replicas: number) =>
  flow(
    'apps/v1',
    'StatefulSet',
    `spec:
  serviceName: x
  replicas: ${replicas}
  selector: { matchLabels: { app: x } }
  template: { metadata: { labels: { app: x } }, spec: { containers: [{ name: main, image: registry.example.com/main:1.0.0 }] } }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${size} } } } }]`,
  )
const service = (spec: string) =>
  flow(
    'v1',
    'Service',
    `spec: { ${spec}, selector: { app: web }, ports: [{ port: 80, targetPort: 80 }] }`,
  )
const locked = (data: string) => cm('one', data).replace('\ndata:', '\nimmutable: true\ndata:')
const fixed = (group: string, size: number) =>
  docs(
    widgets(group).replace(
      'size: { type: integer, maximum: 5 }',
      'size: { type: integer, x-kubernetes-validations: [{ rule: "self == oldSelf", message: cannot change }] }',
    ),
    widget(group, `size: ${size}`),
  )

/** Repositories of which something else was applied before. */
export const updates: readonly Case[] = [
  changed('upd-selector', deployment('web'), other(deployment('web'))),
  changed('upd-selector-forced', deployment('web'), forced(other(deployment('web')))),
  changed('upd-all-forced', deployment('web'), other(deployment('web')), '  force: true\n'),
  changed('upd-job', job('1.0.0'), job('2.0.0')),
  changed('upd-role-ref', binding('view'), binding('edit')),
  changed('upd-claim-smaller', claim('2Gi'), claim('1Gi')),
  changed('upd-claim-class', claim('1Gi'), claim('1Gi', ', storageClassName: other')),
  changed('upd-claim-templates', store('1Gi', 1), store('2Gi', 1)),
  changed('upd-replicas', store('1Gi', 1), store('1Gi', 2)),
  changed('upd-headless', service('type: ClusterIP'), service('clusterIP: None')),
  changed('upd-service-type', service('type: ClusterIP'), service('type: NodePort')),
  changed('upd-locked-data', locked('  a: b\n'), locked('  a: c\n')),
  changed('upd-unlocked', locked('  a: b\n'), one),
  changed('upd-transition-rule', fixed('u1.example.com', 1), fixed('u1.example.com', 2)),
  changed(
    'upd-version-leaves',
    widgets('u2.example.com'),
    widgets('u2.example.com').replace('name: v1\n', 'name: v2\n'),
  ),
  changed(
    'upd-scope',
    widgets('u3.example.com'),
    widgets('u3.example.com').replace('Namespaced', 'Cluster'),
  ),
  changed('upd-breaks', one, `${one}broken: [\n`),
  changed('upd-repairs', `${one}broken: [\n`, one),
  changed('upd-field-leaves', deployment('web', '  revisionHistoryLimit: 3\n'), deployment('web')),
  changed('upd-object-leaves', docs(one, two), one),
  changed('upd-object-kept', docs(one, cm('two', '  a: b\n', KEPT)), one),
  changed('upd-object-renamed', docs(one, two), docs(one, cm('three', '  a: b\n'))),
  changed(
    'upd-release-values',
    docs(helmRepository, release('hello')),
    docs(helmRepository, release('hello', '  values: { greeting: changed }\n')),
  ),
  changed(
    'upd-release-breaks',
    docs(helmRepository, release('hello')),
    docs(helmRepository, release('hello', '  values: { port: many }\n')),
  ),
  changed(
    'upd-release-name',
    docs(helmRepository, release('hello')),
    docs(helmRepository, release('hello', '  releaseName: other\n')),
  ),
  changed(
    'upd-release-version',
    docs(helmRepository, release('hello', '', '1.0.0')),
    docs(helmRepository, release('hello', '', '1.2.0')),
  ),
  {
    ...define('upd-moves', {
      'cluster/app.yaml': docs(app(), ks('next', './next')),
      'app/one.yaml': one,
      'next/two.yaml': two,
    }),
    before: define('upd-moves', {
      'cluster/app.yaml': docs(app(), ks('next', './next')),
      'app/all.yaml': docs(one, two),
      'next/three.yaml': cm('three', '  a: b\n'),
    }).files,
  },
  {
    ...define('upd-path', { 'cluster/app.yaml': ks('app', './moved'), 'moved/one.yaml': one }),
    before: define('upd-path', { 'cluster/app.yaml': app(), 'app/one.yaml': one }).files,
  },
  define('suspended', {
    'cluster/app.yaml': docs(app(), ks('later', './none', '  suspend: true\n')),
    'app/one.yaml': one,
  }),
  define('suspended-release', {
    'cluster/app.yaml': app(),
    'app/release.yaml': docs(
      helmRepository,
      release('hello', '  suspend: true\n  values: { port: many }\n'),
    ),
  }),
  define(
    'not-over-own',
    {
      'cluster/app.yaml': docs(app(), ks('other', './other', '  dependsOn: [{ name: app }]\n')),
      'app/one.yaml': cm('one', '  a: first\n'),
      'other/one.yaml': cm(
        'one',
        '  a: second\n',
        '  annotations: { kustomize.toolkit.fluxcd.io/ssa: IfNotPresent }\n',
      ),
    },
    {
      code: 'duplicate-owner',
      of: at('v1', 'ConfigMap', 'one', 'not-over-own'),
      path: ['data', 'a'],
      shows: { value: 'first' },
    },
  ),
]
