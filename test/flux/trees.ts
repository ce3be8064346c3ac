import * as fc from 'fast-check'

/** A repository whose folder `apps` is applied by a Flux Kustomization. */
export interface Sample {
  readonly files: Record<string, string>
  readonly kustomization: unknown
}

const name = fc.constantFrom('web', 'api', 'db', 'cache', '${app}')
const PLAIN =
  'hello ${app} "${count}" ${missing} ${missing:=x} $${kept} 1 "on" "${flag}" ${app^^}-${count} ' +
  '${ "#${app}"'
const value = fc.constantFrom(
  'a $$ b',
  '"x: ${colon}"',
  '| \n    ${app}\n    done',
  ...PLAIN.split(' '),
)

const configMap = fc.tuple(name, value, value, fc.boolean()).map(
  ([n, a, b, off]) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${n}
  namespace: demo
${off ? '  annotations:\n    kustomize.toolkit.fluxcd.io/substitute: disabled\n' : ''}data:
  a: ${a}
  b: ${b}
`,
)

const deployment = fc
  .tuple(name, fc.constantFrom('nginx', 'nginx:1.2', 'ghcr.io/x/app@sha256:' + 'a'.repeat(64)))
  .map(
    ([n, image]) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${n}
spec:
  replicas: 2
  selector:
    matchLabels: {app: ${n}}
  template:
    metadata:
      labels: {app: ${n}}
    spec:
      containers:
        - name: main
          image: ${image}
`,
  )

const odd = fc.constantFrom(
  '',
  '# nothing\n',
  'replicas: 2\n',
  'kind: ConfigMap\n',
  'null\n',
  '---\n---\n',
  'a: [1\n',
  'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: listed}\n',
)

const document = fc.oneof(
  { weight: 6, arbitrary: configMap },
  { weight: 4, arbitrary: deployment },
  { weight: 1, arbitrary: odd },
)
const file = fc.array(document, { minLength: 1, maxLength: 2 }).map(docs => docs.join('---\n'))

const COMPONENT = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
labels:
  - pairs: {team: one}
`

const rootFile = fc
  .tuple(
    fc.subarray(['a.yaml', 'sub', 'b.yml'], { minLength: 0 }),
    fc.subarray([
      'namespace: root',
      'namePrefix: r-',
      'resource: [typo.yaml]',
      'images:\n  - name: nginx\n    newTag: "9"',
      'commonLabels: {x: y}',
      'buildMetadata: [originAnnotations]',
      'components: [../component]',
    ]),
  )
  .map(([resources, more]) =>
    [resources.length > 0 ? `resources: [${resources.join(', ')}]` : '', ...more, ''].join('\n'),
  )

const spec = fc.record(
  {
    targetNamespace: fc.constant('target'),
    namePrefix: fc.constant('p-'),
    nameSuffix: fc.constant('-s'),
    components: fc.subarray(['../component', '../missing', 'https://example.com/x'], {
      maxLength: 2,
    }),
    ignoreMissingComponents: fc.boolean(),
    images: fc.subarray(
      [
        { name: 'nginx', newTag: '7' },
        { name: 'nginx', newName: 'mirror/nginx' },
        { name: 'ghcr.io/x/app', digest: `sha256:${'b'.repeat(64)}` },
      ],
      { maxLength: 2 },
    ),
    patches: fc.subarray(
      [
        {
          patch: '- op: add\n  path: /metadata/labels\n  value: {patched: "yes"}\n',
          target: { kind: 'Deployment' },
        },
        {
          patch: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: any\ndata:\n  c: ${app}\n',
          target: { kind: 'ConfigMap' },
        },
      ],
      { maxLength: 2 },
    ),
    buildMetadata: fc.constant(['originAnnotations']),
    postBuild: fc.record({
      substitute: fc.constantFrom(
        {},
        { app: 'shop', count: '3', flag: 'true', colon: 'a: b' },
        { app: 'shop', 'bad-name': 'x' },
      ),
    }),
  },
  { requiredKeys: [] },
)

/** Folders with and without kustomization files, under specs that rewrite them. */
export const samples: fc.Arbitrary<Sample> = fc
  .record({
    a: file,
    b: fc.option(file, { nil: undefined }),
    sub: fc.option(file, { nil: undefined }),
    subRoot: fc.boolean(),
    root: fc.option(rootFile, { nil: undefined }),
    hidden: fc.option(configMap, { nil: undefined }),
    spec,
  })
  .map(({ a, b, sub, subRoot, root, hidden, spec }) => {
    const files: Record<string, string> = {
      'apps/a.yaml': a,
      'component/kustomization.yaml': COMPONENT,
    }
    if (b !== undefined) files['apps/b.yml'] = b
    if (sub !== undefined) files['apps/sub/c.yaml'] = sub
    if (sub !== undefined && subRoot) files['apps/sub/kustomization.yaml'] = 'resources: [c.yaml]\n'
    if (hidden !== undefined) files['apps/.hidden/d.yaml'] = hidden
    if (root !== undefined) files['apps/kustomization.yaml'] = root
    return {
      files,
      kustomization: {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: 'apps', namespace: 'flux-system' },
        spec: { path: './apps', ...spec },
      },
    }
  })
