import { cm, define, deployment, docs, ks, namespace, type Case } from './case.ts'

const app = (spec = '', path = './app') => ks('app', path, spec)
const list = (...names: readonly string[]) => `resources: [${names.join(', ')}]\n`

/** A CustomResourceDefinition of a group. */
export const widgets = (group: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.${group}
spec:
  group: ${group}
  scope: Namespaced
  names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: { type: integer, maximum: 5 }
`

/** An object of that kind. */
export const widget = (group: string, spec = 'size: 3') =>
  `apiVersion: ${group}/v1\nkind: Widget\nmetadata: { name: one, namespace: NAMESPACE }\nspec: { ${spec} }\n`

const WORKLOADS = `apiVersion: v1
kind: ServiceAccount
metadata: { name: worker, namespace: NAMESPACE }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: worker, namespace: NAMESPACE }
rules:
  - { apiGroups: [""], resources: [configmaps], verbs: [get, list] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: worker, namespace: NAMESPACE }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: worker }
subjects:
  - { kind: ServiceAccount, name: worker, namespace: NAMESPACE }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: NAMESPACE }
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          serviceAccountName: worker
          containers:
            - name: main
              image: registry.example.com/main:1.0.0
              resources: { limits: { cpu: 0.5, memory: 1024Mi } }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store, namespace: NAMESPACE }
spec:
  serviceName: store
  selector: { matchLabels: { app: store } }
  template:
    metadata: { labels: { app: store } }
    spec:
      containers:
        - name: main
          image: registry.example.com/store:1.0.0
          ports: [{ containerPort: 5432, name: sql }]
          envFrom: [{ configMapRef: { name: none, optional: true } }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        resources: { requests: { storage: 1Gi } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: store, namespace: NAMESPACE }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: store } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed, namespace: NAMESPACE }
spec:
  podSelector: {}
  policyTypes: [Ingress]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: store, namespace: NAMESPACE }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: StatefulSet, name: store }
  maxReplicas: 3
  metrics:
    - { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }
`

/** Repositories that Flux applies as they are. */
export const valid: readonly Case[] = [
  define('ok-generated', {
    'cluster/app.yaml': app(),
    'app/one.yaml': cm('one', '  a: b\n'),
    'app/deep/er/two.yml': docs(cm('two', '  a: "1"\n'), '# nothing\n', cm('three', '  c: d\n')),
    'app/.hidden.yaml': cm('hidden', '  a: b\n'),
    'app/README.md': 'not a manifest\n',
  }),
  define('ok-overlay', {
    'cluster/app.yaml': app('', './app/overlay'),
    'app/base/kustomization.yaml': list('web.yaml', 'svc.yaml'),
    'app/base/web.yaml': deployment('web'),
    'app/base/svc.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  ports: [{ port: 80, targetPort: 8080 }]\n',
    'app/overlay/kustomization.yaml': `namespace: NAMESPACE
namePrefix: pre-
nameSuffix: -post
labels: [{ pairs: { team: red }, includeSelectors: true }]
commonAnnotations: { note: "yes" }
images: [{ name: registry.example.com/main, newTag: 2.0.0 }]
replicas: [{ name: web, count: 2 }]
${list('../base')}patches:
  - patch: |
      - { op: add, path: /spec/template/spec/containers/0/env, value: [{ name: A, value: "1" }] }
    target: { kind: Deployment }
`,
  }),
  define('ok-components', {
    'cluster/app.yaml': app('  components: [../parts/more]\n'),
    'app/kustomization.yaml': `${list('one.yaml')}components: [../parts/label]\n`,
    'app/one.yaml': cm('one', '  a: b\n'),
    'parts/label/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels: [{ pairs: { part: label } }]\n',
    'parts/more/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [two.yaml]\n',
    'parts/more/two.yaml': cm('two', '  a: b\n'),
  }),
  define('ok-spec-changes', {
    'cluster/app.yaml': app(`  namePrefix: x-
  commonMetadata: { labels: { team: blue }, annotations: { who: "me" } }
  images: [{ name: registry.example.com/main, newName: registry.example.com/other, newTag: "7" }]
  patches:
    - patch: |
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: any }
        spec: { revisionHistoryLimit: 3 }
      target: { kind: Deployment, name: w.* }
`),
    'app/web.yaml': deployment('web'),
  }),
  define('ok-target-namespace', {
    'cluster/app.yaml': docs(
      app('  targetNamespace: NAMESPACE-target\n  dependsOn: [{ name: spaces }]\n'),
      ks('spaces', './spaces', '  wait: true\n'),
    ),
    'spaces/ns.yaml': namespace('NAMESPACE-target'),
    'app/one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one }\ndata: { a: b }\n',
  }),
  define('ok-own-namespace', {
    'cluster/app.yaml': app(),
    'app/ns.yaml': namespace('NAMESPACE-own'),
    'app/one.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one, namespace: NAMESPACE-own }\ndata: { a: b }\n',
  }),
  define('ok-replacements', {
    'cluster/app.yaml': app(),
    'app/kustomization.yaml': `${list('one.yaml', 'two.yaml')}replacements:
  - source: { kind: ConfigMap, name: one, fieldPath: data.a }
    targets: [{ select: { name: two }, fieldPaths: [data.copy] }]
patchesStrategicMerge: [patch.yaml]
patchesJson6902:
  - target: { version: v1, kind: ConfigMap, name: two }
    patch: '[{"op":"add","path":"/data/json","value":"6902"}]'
`,
    'app/one.yaml': cm('one', '  a: source\n'),
    'app/two.yaml': cm('two', '  copy: ""\n  gone: x\n'),
    'app/patch.yaml': cm('two', '  gone: null\n  merged: "true"\n'),
  }),
  define('ok-generators', {
    'cluster/app.yaml': app(),
    'app/kustomization.yaml': `namespace: NAMESPACE
${list('web.yaml')}configMapGenerator:
  - name: settings
    literals: [color=red]
    files: [motd.txt]
    envs: [app.env]
`,
    'app/motd.txt': 'good\nmorning\n',
    'app/app.env': '# comment\nMODE=fast\n',
    'app/web.yaml': deployment(
      'web',
      '',
      '          envFrom: [{ configMapRef: { name: settings } }]\n',
    ),
  }),
  define('ok-workloads', { 'cluster/app.yaml': app(), 'app/all.yaml': WORKLOADS }),
  define('ok-list-kind', {
    'cluster/app.yaml': app(),
    'app/list.yaml': `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: one, namespace: NAMESPACE }, data: { a: b } }
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: two, namespace: NAMESPACE }, data: { a: b } }
`,
  }),
  define('ok-empty-folder', { 'cluster/app.yaml': app(), 'app/README.md': 'nothing yet\n' }),
  define('ok-crd-and-object', {
    'cluster/app.yaml': app(),
    'app/crd.yaml': widgets('one.example.com'),
    'app/widget.yaml': widget('one.example.com'),
  }),
  define('ok-crd-elsewhere', {
    'cluster/app.yaml': docs(
      app('  dependsOn: [{ name: crds }]\n'),
      ks('crds', './crds', '  wait: true\n'),
    ),
    'crds/crd.yaml': widgets('two.example.com'),
    'app/widget.yaml': widget('two.example.com'),
  }),
  define('ok-depends', {
    'cluster/app.yaml': docs(
      ks('third', './third', '  dependsOn: [{ name: second }]\n'),
      ks(
        'second',
        './second',
        '  wait: true\n  dependsOn: [{ name: first, namespace: NAMESPACE }]\n',
      ),
      ks('first', './first', '  wait: true\n'),
    ),
    'first/web.yaml': deployment('first'),
    'second/one.yaml': cm('second', '  a: b\n'),
    'third/one.yaml': cm('third', '  a: b\n'),
  }),
  define('ok-health-checks', {
    'cluster/app.yaml': app(
      '  healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: web, namespace: NAMESPACE }]\n',
    ),
    'app/web.yaml': deployment('web'),
  }),
  define('ok-sourceignore', {
    'cluster/app.yaml': app(),
    '.sourceignore': 'app/values.yaml\n**/drafts/\n*.bak.yaml\n',
    'app/one.yaml': cm('one', '  a: b\n'),
    'app/values.yaml': 'replicas: 2\n',
    'app/drafts/no.yaml': 'not: a manifest\n',
    'app/old.bak.yaml': '{{ template }}\n',
  }),
  define('ok-nested-sourceignore', {
    'cluster/app.yaml': app(),
    'app/one.yaml': cm('one', '  a: b\n'),
    'app/chart/.sourceignore': '/*.yaml\n!/kept.yaml\n',
    'app/chart/values.yaml': 'replicas: 2\n',
    'app/chart/kept.yaml': cm('kept', '  a: b\n'),
  }),
  define('ok-default-ignore', {
    'cluster/app.yaml': app(),
    'app/one.yaml': cm('one', '  a: b\n'),
    'app/.github/workflow.yaml': 'on: push\n',
    'app/.sops.yaml': 'creation_rules: []\n',
  }),
  define('ok-unused-link', {
    'cluster/app.yaml': app(),
    'app/one.yaml': cm('one', '  a: b\n'),
    'app/two.yaml': { link: '../elsewhere/two.yaml' },
    'elsewhere/two.yaml': 'not: a manifest\n',
  }),
  define('ok-apply-options', {
    'cluster/app.yaml': app(),
    'app/one.yaml': cm(
      'one',
      '  a: b\n',
      '  annotations: { kustomize.toolkit.fluxcd.io/ssa: IfNotPresent }\n',
    ),
    'app/two.yaml': cm(
      'two',
      '  a: b\n',
      '  labels: { kustomize.toolkit.fluxcd.io/prune: disabled }\n',
    ),
  }),
]
