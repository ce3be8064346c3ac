import { metadata, sealed, type Wrapped, wrapKey } from '../secrets/sops.ts'
import { type Files, kustomization, type Layout } from './layouts.ts'

/** One cause of failure: a repository that has it, the place that must be named, and the twin without it. */
export interface Cause {
  readonly name: string
  make(layout: Layout): {
    readonly broken: Files
    readonly fixed: Files
    readonly base?: Files
    readonly code: string
    /** File, and text of the line. */
    readonly at: readonly [string, string]
  }
}

const namespace = ({ namespace }: Layout) =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n`

export function configMap(layout: Layout, name: string, data: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${layout.namespace}
data:
${data}`
}

function helmRepository(layout: Layout, name: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: ${name}
  namespace: ${layout.namespace}
spec:
  interval: 1h
  url: https://charts.acme.example
`
}

export function helmRelease(
  layout: Layout,
  name: string,
  repository: string,
  more = '',
  version = '6.x',
): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: ${layout.namespace}
spec:
  interval: 10m
  chart:
    spec:
      chart: ${name}
      version: ${version}
      sourceRef:
        kind: HelmRepository
        name: ${repository}
${more}`
}

const OURS = await wrapKey()
const THEIRS = await wrapKey()
const SOPS = metadata(OURS)
const SEALED = sealed()
const DECRYPTION = '  decryption:\n    provider: sops\n    secretRef: { name: sops-age }\n'
const INDEX =
  'apiVersion: v1\nentries:\n  podinfo:\n    - version: 6.7.1\n    - version: 7.0.0-rc.1\n'

/** The healthy app of a layout with more or other files beside its namespace. */
function app(layout: Layout, files: Readonly<Record<string, string>>): Record<string, string> {
  const placed = Object.entries(files).map(([path, text]) => [`${layout.folder}/${path}`, text])
  return { [`${layout.folder}/namespace.yaml`]: namespace(layout), ...Object.fromEntries(placed) }
}

function ks(layout: Layout, spec = '', path = layout.path): string {
  return kustomization(layout, layout.app, path, spec)
}

/** A cause that shows in one manifest of the app: `[broken, fixed, text of the line]`. */
function inManifest(
  name: string,
  code: string,
  spec: string,
  write: (layout: Layout) => readonly [string, string, string],
): Cause {
  return {
    name,
    make: layout => {
      const [broken, fixed, line] = write(layout)
      return {
        code,
        broken: layout.make([ks(layout, spec)], app(layout, { 'demo.yaml': broken })),
        fixed: layout.make([ks(layout, spec)], app(layout, { 'demo.yaml': fixed })),
        at: [`${layout.folder}/demo.yaml`, line],
      }
    },
  }
}

const VARIABLES = '  postBuild:\n    substitute:\n      region: eu\n      flag: "true"\n'

export const causes: readonly Cause[] = [
  {
    name: '1 the path is not in the artifact',
    make: layout => {
      const wrong = [`${layout.path}s`, layout.path, layout.path.replaceAll('/', '\\')]
      const path = wrong[layout.index] ?? ''
      const files = app(layout, {})
      const ignored = { ...files, '.sourceignore': layout.ignoring ?? '' }
      return {
        code: 'missing-path',
        broken: layout.make([ks(layout, '', path)], layout.index === 1 ? ignored : files),
        fixed: layout.make([ks(layout)], files),
        at: [layout.sync, `path: ${path}`],
      }
    },
  },
  {
    name: '2 a YAML file that is no manifest is swept in',
    make: layout => {
      const name = ['values.yaml', 'chart/Chart.yml', '.hidden/config.yaml'][layout.index] ?? ''
      const text = 'replicas: 2\nname: x\n'
      const files = app(layout, { 'demo.yaml': configMap(layout, 'demo', '  a: b\n') })
      return {
        code: 'not-a-manifest',
        broken: layout.make([ks(layout)], { ...files, [`${layout.folder}/${name}`]: text }),
        fixed: layout.make([ks(layout)], { ...files, [`docs/${name}`]: text }),
        at: [`${layout.folder}/${name}`, 'replicas: 2'],
      }
    },
  },
  inManifest('3 a script whose ${} Flux cannot read', 'bad-substitution', VARIABLES, layout => {
    const script = ['echo ${hosts[0]}', 'echo ${a-b}', 'echo ${{ github.ref }}'][layout.index] ?? ''
    const text = (line: string) =>
      configMap(layout, 'script', `  run.sh: |\n    set -e\n    ${line}\n`)
    return [text(script), text(script.replace('$', '$$$$')), script]
  }),
  inManifest('4 an undefined variable', 'undefined-variable', VARIABLES, layout => [
    configMap(layout, 'demo', '  a: ${region}\n  b: x-${zone}-y\n'),
    configMap(layout, 'demo', '  a: ${region}\n  b: x-${zone:=one}-y\n'),
    'b: x-${zone}-y',
  ]),
  inManifest('5 a substituted value changes its type', 'wrong-type', VARIABLES, layout => [
    configMap(layout, 'demo', '  region: ${region}\n  enabled: "${flag}"\n'),
    configMap(layout, 'demo', '  region: ${region}\n  enabled: "is-${flag}"\n'),
    'enabled: "${flag}"',
  ]),
  {
    name: '6 an encrypted object under a Kustomization that does not decrypt',
    make: layout => {
      const kind = layout.index === 1 ? 'ConfigMap' : 'Secret'
      const field = kind === 'Secret' ? 'stringData' : 'data'
      const text = `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: token\n  namespace: ${layout.namespace}\n${field}:\n  token: ${SEALED}\n${SOPS}`
      const files = app(layout, { 'token.yaml': text })
      return {
        code: 'missing-decryption',
        broken: layout.make([ks(layout)], files),
        fixed: layout.make([ks(layout, DECRYPTION)], files),
        at: [layout.sync, 'spec:'],
      }
    },
  },
  {
    name: '7 a decryption key under a name that Flux ignores',
    make: layout => {
      const wrong = ['age.key', 'keys.txt', 'identity'][layout.index] ?? ''
      const secret = (key: string) =>
        `apiVersion: v1\nkind: Secret\nmetadata:\n  name: sops-age\n  namespace: flux-system\nstringData:\n  ${key}: ${SEALED}\n${SOPS}`
      return {
        code: 'unrecognised-key',
        broken: layout.make([ks(layout, DECRYPTION)], app(layout, { 'k.yaml': secret(wrong) })),
        fixed: layout.make(
          [ks(layout, DECRYPTION)],
          app(layout, { 'k.yaml': secret('id.agekey') }),
        ),
        at: [`${layout.folder}/k.yaml`, `${wrong}:`],
      }
    },
  },
  {
    name: '7 a file encrypted for a key that is not the cluster’s',
    make: layout => {
      const wrong =
        [THEIRS, { ...OURS, recipient: THEIRS.recipient }, THEIRS][layout.index] ?? THEIRS
      const secret = (key: Wrapped) =>
        `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: ${layout.namespace}\nstringData:\n  password: ${SEALED}\n${metadata(key)}`
      const rules = `creation_rules:\n  - path_regex: ^${layout.folder}/.*\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: ${OURS.recipient}\n`
      const files = (key: Wrapped) =>
        layout.make([ks(layout, DECRYPTION)], {
          ...app(layout, { 'db.yaml': secret(key) }),
          '.sops.yaml': rules,
        })
      return {
        code: 'sops-rule',
        broken: files(wrong),
        fixed: files(OURS),
        at: [`${layout.folder}/db.yaml`, '- recipient: '],
      }
    },
  },
  {
    name: '8 an encrypted file that a generator reads as ciphertext',
    make: layout => {
      const root = (list: string) =>
        `resources: [namespace.yaml]\ngeneratorOptions: { disableNameSuffixHash: true }\n${list}`
      const entry = ['enc.yaml', 'token=enc.yaml', 'enc.yaml'][layout.index] ?? ''
      const generator = layout.index === 1 ? 'secretGenerator' : 'configMapGenerator'
      const text = (kind: string, file: string) =>
        root(
          `${kind}:\n  - name: x\n    namespace: ${layout.namespace}\n    files:\n      - ${file}\n`,
        )
      const enc = `token: ${SEALED}\n${metadata(OURS, 'encrypted_regex: ^token$')}`
      const files = (kind: string, file: string) =>
        layout.make(
          [ks(layout, DECRYPTION)],
          app(layout, { 'kustomization.yaml': text(kind, file), 'enc.yaml': enc }),
        )
      return {
        code: 'undecrypted-source',
        broken: files(generator, entry),
        fixed: files('secretGenerator', 'enc.yaml'),
        at: [`${layout.folder}/kustomization.yaml`, `- ${entry}`],
      }
    },
  },
  inManifest('9 an unknown field of a custom resource', 'unknown-field', '', layout => {
    const field = ['releasName: x', 'intervall: 10m', 'dependOn: []'][layout.index] ?? ''
    const text = (more: string) =>
      [helmRepository(layout, 'acme'), helmRelease(layout, 'podinfo', 'acme', more)].join('---\n')
    return [text(`  ${field}\n`), text(''), field]
  }),
  inManifest('10 a removed API version', 'removed-api', '', layout => {
    const now = helmRepository(layout, 'acme')
    const old = ['v1beta1', 'v1beta2', 'v1beta2'][layout.index] ?? ''
    return [now.replace('io/v1\n', `io/${old}\n`), now, `io/${old}`]
  }),
  {
    name: '11 two owners of one object',
    make: layout => {
      const second = `${layout.folder}-two`
      const path = `${layout.path.replace(/\/$/, '')}-two`
      const list = [ks(layout), kustomization(layout, 'two', path)]
      const text = (name: string) => configMap(layout, name, '  a: b\n')
      const files = app(layout, { 'demo.yaml': text('demo') })
      return {
        code: 'duplicate-owner',
        broken: layout.make(list, { ...files, [`${second}/x.yaml`]: text('demo') }),
        fixed: layout.make(list, { ...files, [`${second}/x.yaml`]: text('other') }),
        at: [`${second}/x.yaml`, 'name: demo'],
      }
    },
  },
  {
    name: '12 an unintended prune',
    make: layout => {
      const files = app(layout, { 'demo.yaml': configMap(layout, 'demo', '  a: b\n') })
      const base = layout.make([ks(layout)], files)
      if (layout.index === 1)
        return {
          code: 'removed-kustomization',
          base,
          broken: layout.make([kustomization(layout, 'renamed', layout.path)], files),
          fixed: base,
          at: [layout.sync, 'name: renamed'],
        }
      return {
        code: 'pruned-object',
        base,
        broken: layout.make([ks(layout)], app(layout, {})),
        fixed: base,
        at: [`${layout.folder}/demo.yaml`, 'name: demo'],
      }
    },
  },
  {
    name: '13 a namespace that nothing creates',
    make: layout => {
      const files = { [`${layout.folder}/demo.yaml`]: configMap(layout, 'demo', '  a: b\n') }
      const target = layout.index === 2 ? '  targetNamespace: nowhere\n' : ''
      return {
        code: 'missing-namespace',
        broken: layout.make([ks(layout, target)], files),
        fixed: layout.make(
          [ks(layout)],
          app(layout, {
            'demo.yaml':
              'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: default}\n',
          }),
        ),
        at: target
          ? [layout.sync, 'targetNamespace: nowhere']
          : [`${layout.folder}/demo.yaml`, 'namespace: '],
      }
    },
  },
  {
    name: '14 a custom resource before its definition',
    make: layout => {
      const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.acme.example
spec:
  group: acme.example
  scope: Cluster
  names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`
      const second = `${layout.folder}-crds`
      const path = `${layout.path.replace(/\/$/, '')}-crds`
      const widget = 'apiVersion: acme.example/v1\nkind: Widget\nmetadata:\n  name: one\n'
      const files = { ...app(layout, { 'w.yaml': widget }), [`${second}/crd.yaml`]: crd }
      const crds = kustomization(layout, 'crds', path)
      return {
        code: 'early-custom-resource',
        broken: layout.make([ks(layout), crds], files),
        fixed: layout.make([ks(layout, '  dependsOn: [{ name: crds }]\n'), crds], files),
        at: [`${layout.folder}/w.yaml`, 'kind: Widget'],
      }
    },
  },
  {
    name: '15 a dependency that is missing or leads back',
    make: layout => {
      const second = `${layout.folder}-infra`
      const path = `${layout.path.replace(/\/$/, '')}-infra`
      const files = {
        ...app(layout, {}),
        [`${second}/ns.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: infra\n',
      }
      const infra = (spec = '') => kustomization(layout, 'infra', path, spec)
      const depends = (name: string) => `  dependsOn:\n    - name: ${name}\n`
      const isCycle = layout.index === 2
      const broken = isCycle
        ? [ks(layout, depends('infra')), infra(depends(layout.app))]
        : [ks(layout, depends('infrastructure')), infra()]
      return {
        code: isCycle ? 'dependency-cycle' : 'missing-dependency',
        broken: layout.make(broken, files),
        fixed: layout.make([ks(layout, depends('infra')), infra()], files),
        at: [layout.sync, isCycle ? '- name: infra' : '- name: infrastructure'],
      }
    },
  },
  inManifest('16 the source of a release is not there', 'dangling-source', '', layout => {
    const repository = helmRepository(layout, 'acme')
    const wrong = helmRelease(layout, 'podinfo', 'acmee')
    return [
      [repository, wrong].join('---\n'),
      [repository, helmRelease(layout, 'podinfo', 'acme')].join('---\n'),
      'name: acmee',
    ]
  }),
  {
    name: '17 a version that the repository does not have',
    make: layout => {
      const range = ['7.x', '>=7.0.0', '~5.1'][layout.index] ?? ''
      const text = (version: string) =>
        [helmRepository(layout, 'acme'), helmRelease(layout, 'podinfo', 'acme', '', version)].join(
          '---\n',
        )
      const files = (version: string) => ({
        ...layout.make([ks(layout)], app(layout, { 'demo.yaml': text(version) })),
        [`CHARTS/${layout.namespace}/acme/index.yaml`]: INDEX,
      })
      return {
        code: 'no-matching-version',
        broken: files(`"${range}"`),
        fixed: files('"^6.0"'),
        at: [`${layout.folder}/demo.yaml`, 'version: '],
      }
    },
  },
  {
    name: '18 values that the chart refuses',
    make: layout => {
      const value = ['replicas: many', 'replica: 2', 'image: { tag: 1 }'][layout.index] ?? ''
      const text = (values: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: own
  namespace: ${layout.namespace}
spec:
  interval: 10m
  chart:
    spec:
      chart: charts/own
      sourceRef:
        kind: ${layout.source.kind === 'GitRepository' ? 'GitRepository' : 'Bucket'}
        name: ${layout.source.kind === 'GitRepository' ? layout.source.name : 'own'}
        namespace: flux-system
  values:
    ${values}
`
      const chart = {
        'charts/own/Chart.yaml': 'apiVersion: v2\nname: own\nversion: 1.0.0\n',
        'charts/own/values.schema.json':
          '{"type":"object","additionalProperties":false,"properties":{"replicas":{"type":"integer"},"image":{"type":"object","properties":{"tag":{"type":"string"}}}}}',
      }
      const bucket = {
        [`${layout.folder}/bucket.yaml`]:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: Bucket\nmetadata: {name: own, namespace: flux-system}\nspec: {interval: 1m, endpoint: s3.acme.example, bucketName: own}\n',
        '.github/fluxgate.yaml': 'sources:\n  - { kind: Bucket, name: own, root: . }\n',
      }
      const files = (values: string) => ({
        ...layout.make([ks(layout)], app(layout, { 'demo.yaml': text(values) })),
        ...chart,
        ...(layout.index === 2 ? bucket : {}),
      })
      return {
        code: 'chart-values',
        broken: files(value),
        fixed: files('replicas: 2'),
        at: [`${layout.folder}/demo.yaml`, value],
      }
    },
  },
  {
    name: '19 a symbolic link that Flux drops',
    make: layout => {
      const root = 'resources:\n  - namespace.yaml\n  - demo.yaml\n'
      const files = app(layout, { 'kustomization.yaml': root })
      const demo = configMap(layout, 'demo', '  a: b\n')
      return {
        code: 'build-failed',
        broken: layout.make([ks(layout)], {
          ...files,
          'shared/demo.yaml': demo,
          [`${layout.folder}/demo.yaml`]: {
            link: `${'../'.repeat(layout.folder.split('/').length)}shared/demo.yaml`,
          },
        }),
        fixed: layout.make([ks(layout)], { ...files, [`${layout.folder}/demo.yaml`]: demo }),
        at: [`${layout.folder}/kustomization.yaml`, '- demo.yaml'],
      }
    },
  },
  {
    name: '20 a patch that selects nothing, or everything',
    make: layout => {
      const files = app(layout, { 'demo.yaml': configMap(layout, 'demo', '  a: b\n') })
      const patch = (target: string) =>
        `  patches:\n    - patch: |\n        - op: add\n          path: /metadata/annotations\n          value: {x: y}\n      ${target}\n`
      const wrong =
        ['target: { kind: Deployment, name: nope }', 'target: {}', 'target: { kind: Service }'][
          layout.index
        ] ?? ''
      return {
        code: layout.index === 1 ? 'empty-target' : 'idle-target',
        broken: layout.make([ks(layout, patch(wrong))], files),
        fixed: layout.make([ks(layout, patch('target: { kind: ConfigMap, name: demo }'))], files),
        at: [layout.sync, wrong],
      }
    },
  },
  inManifest('21 a wrong apiVersion', 'unknown-kind', '', layout => {
    const good = configMap(layout, 'demo', '  a: b\n')
    const wrong = ['v1beta1', 'apps/v1', 'v2'][layout.index] ?? ''
    return [
      good.replace('apiVersion: v1', `apiVersion: ${wrong}`),
      good,
      layout.index === 1 ? 'kind: ConfigMap' : `apiVersion: ${wrong}`,
    ]
  }),
  inManifest('21 an apiVersion that makes Flux drop the object', 'dropped-object', '', layout => {
    const good = kustomization(layout, 'child', './nowhere').replace(/spec:[^]*/, '')
    const inner = `${good}resources: []\n`
    return [
      inner.replace('kustomize.toolkit.fluxcd.io/v1', 'kustomize.config.k8s.io/v1beta1'),
      configMap(layout, 'demo', '  a: b\n'),
      'apiVersion: kustomize.config.k8s.io/v1beta1',
    ]
  }),
  {
    name: '22 a secret in plain text',
    make: layout => {
      const secret = (values: string, more = '') =>
        `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: ${layout.namespace}\n${values}${more}`
      const [field, value] = [
        ['stringData', 'correct-horse'],
        ['data', 'Y29ycmVjdC1ob3JzZQ=='],
        ['stringData', 'correct-horse'],
      ][layout.index] ?? ['', '']
      const fixed = app(layout, {
        'db.yaml': secret(`${field}:\n  password: ${SEALED}\n`, SOPS),
      })
      const generator = `resources: [namespace.yaml]\nsecretGenerator:\n  - name: db\n    namespace: ${layout.namespace}\n    literals:\n      - password=${value}\n`
      const broken =
        layout.index === 2
          ? { 'kustomization.yaml': generator }
          : { 'db.yaml': secret(`${field}:\n  password: ${value}\n`) }
      return {
        code: 'plaintext-secret',
        broken: layout.make([ks(layout)], app(layout, broken)),
        fixed: layout.make([ks(layout, DECRYPTION)], fixed),
        at: [`${layout.folder}/${Object.keys(broken)[0]}`, `password`],
      }
    },
  },
]
