import { container, dataMap, type Known, labelMap, nameOf } from './objects.ts'
import type { Random } from './random.ts'
import { type Fields, hostileScalar, Raw, type Value, yamlOf } from './text.ts'

/** Where a field is made: what is in reach, and the files that it adds beside the kustomization. */
export interface Place {
  readonly random: Random
  readonly known: readonly Known[]
  readonly files: Map<string, string>
}

/** Undefined: nothing here for the field to act on. */
type MakeField = (place: Place) => Value | undefined

function file(place: Place, stem: string, text: string, extension = 'yaml'): string {
  const name = `${stem}-${place.files.size}.${extension}`
  place.files.set(name, text)
  return name
}

function target({ random, known }: Place): Known {
  if (known.length > 0 && random.chance(0.995)) return random.pick(known)
  return { apiVersion: 'v1', kind: 'ConfigMap', name: 'nobody', namespace: undefined }
}

/** An object of one of the kinds; hardly ever another. */
function ofKind(place: Place, kinds: readonly string[]): Known | undefined {
  const fitting = place.known.filter(one => kinds.includes(one.kind))
  if (place.random.chance(0.02)) return target(place)
  return fitting.length > 0 ? place.random.pick(fitting) : undefined
}

const labelSelectors = [
  'app',
  'app=v1',
  '!app',
  'tier in (v1,v2)',
  'app!=v0',
  'team',
  'app==v2,tier',
  'app notin (v1), team',
] as const
const annotationSelectors = ['host', 'a=v1', '!x', 'a notin (v2)', 'note'] as const

/** A selector by some of what an object is called; now and then by what it carries as well. */
function selector(place: Place): Fields {
  const { random } = place
  const one = target(place)
  const group = one.apiVersion.includes('/') ? one.apiVersion.split('/')[0] : undefined
  const version = one.apiVersion.split('/').at(-1)
  const chosen = random.pick<Fields>([
    { kind: one.kind, name: one.name },
    { kind: one.kind },
    { name: one.name },
    { kind: `${one.kind}|Service` },
    { name: `${one.name.slice(0, 2)}.*` },
    { labelSelector: random.pick(labelSelectors) },
    { group, kind: one.kind },
    { group, version, kind: one.kind },
    { kind: one.kind, namespace: random.pick(['default', 'team', 'de.*']) },
    { version, kind: one.kind, name: one.name },
    { annotationSelector: random.pick(annotationSelectors), kind: one.kind },
  ])
  if (random.chance(0.02)) return {}
  return {
    ...chosen,
    ...(random.chance(0.06) ? { labelSelector: random.pick(labelSelectors) } : {}),
    ...(random.chance(0.09) ? { annotationSelector: random.pick(annotationSelectors) } : {}),
    ...(random.chance(0.06) ? { namespace: random.pick(['team', 'default', '']) } : {}),
  }
}

const workloads = new Set(['Deployment', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob', 'Pod'])

function mergeBody(random: Random, kind: string): Fields {
  const directive = random.chance(0.15)
    ? { $patch: random.chance(0.02) ? 'bogus' : random.pick(['replace', 'delete', 'merge']) }
    : {}
  const containers = random.times(1, 2, () => ({
    ...container(random, random.pick(['c1', 'c2', 'c4'])),
    ...(random.chance(0.2) ? directive : {}),
  }))
  const pod = {
    containers: random.chance(0.05) ? [...containers, directive] : containers,
    volumes: random.chance(0.2) ? [{ name: 'vol', emptyDir: null }] : undefined,
  }
  if (workloads.has(kind)) {
    const template = {
      spec: pod,
      metadata: random.chance(0.3) ? { annotations: dataMap(random, 1, 2) } : undefined,
    }
    if (kind === 'Pod') return { spec: pod }
    if (kind === 'CronJob') return { spec: { jobTemplate: { spec: { template } } } }
    return {
      spec: {
        replicas: random.pick([null, 5, new Raw('"6"'), undefined]),
        template,
        ...(random.chance(0.1) ? directive : {}),
      },
    }
  }
  if (kind === 'Service')
    return {
      spec: {
        ports: [
          {
            port: random.pick([80, 53, 443]),
            protocol: random.chance(0.5) ? 'UDP' : undefined,
            targetPort: 9,
          },
        ],
        type: random.pick(['NodePort', null]),
      },
    }
  if (kind === 'ConfigMap')
    return {
      data: { ...dataMap(random, 1, 3), a: random.pick([null, 'patched', hostileScalar(random)]) },
    }
  return {
    spec: {
      any: hostileScalar(random),
      list: [{ name: 'a', v: 1 }],
      map: random.chance(0.01) ? 'text' : random.pick([null, { a: null }, { n: 1 }]),
    },
  }
}

function mergeText(place: Place, one: Known): string {
  const { random } = place
  const meta = {
    name: one.name,
    namespace: one.namespace ?? (random.chance(0.05) ? 'default' : undefined),
    labels: random.chance(0.3)
      ? { ...labelMap(random), app: random.pick([null, 'x', new Raw('5')]) }
      : undefined,
    annotations: random.chance(0.2) ? dataMap(random, 1, 2) : undefined,
  }
  const body = random.chance(0.08) ? { $patch: 'delete' } : mergeBody(random, one.kind)
  return yamlOf({ apiVersion: one.apiVersion, kind: one.kind, metadata: meta, ...body })
}

function operations({ random }: Place): string {
  const paths = [
    '/metadata/name',
    '/metadata/labels/app',
    '/metadata/annotations/x~1y',
    '/spec/replicas',
    '/data/a',
    '/data/new',
    '/spec/any',
    '/spec/list/0',
    '/spec/list/-',
    '/spec/template/spec/containers/0/image',
    '/metadata/annotations',
    '/spec/none/deep',
  ]
  const safe = (): Fields => ({
    op: random.pick(['add', 'replace']),
    path: random.pick(['/metadata/labels', '/spec', '/data', '/extra']),
    value: dataMap(random, 1, 3),
  })
  const any = (): Fields => ({
    op: random.pick([
      'add',
      'add',
      'replace',
      'replace',
      'remove',
      'copy',
      'move',
      ...(random.chance(0.3) ? (['test', 'bogus'] as const) : []),
    ]),
    path: random.pick(paths),
    from: random.chance(0.4) ? random.pick(paths) : undefined,
    value: random.chance(0.9)
      ? random.pick<Value>([hostileScalar(random), 'text', 5, { a: 1, y: 'z' }, ['a', 1]])
      : undefined,
  })
  return yamlOf(random.times(1, 2, () => (random.chance(0.93) ? safe() : any())))
}

function patch(place: Place): Fields {
  const { random } = place
  const one = target(place)
  const options = random.chance(0.15)
    ? { allowNameChange: random.chance(0.5), allowKindChange: random.chance(0.3) }
    : undefined
  const isJson = random.chance(0.35)
  const text = isJson ? operations(place) : mergeText(place, one)
  const asFile = random.chance(0.4)
  return {
    [asFile ? 'path' : 'patch']: asFile ? file(place, 'patch', text) : text,
    target: isJson || random.chance(0.35) ? selector(place) : undefined,
    options,
  }
}

const literals = [
  'a=b',
  'k="quoted"',
  "q='s'",
  'e=',
  'm=x=y',
  'n=1',
  'y=yes',
  'true=1',
  "brace={'x': 1}",
  'line=a\nb',
  'long=0123456789012345678901234567890123456789012345678901234567890123456789',
] as const

/** Some of the items, hardly ever one of them twice. */
function distinct(random: Random, items: readonly string[], most: number): string[] {
  const picked = random.times(0, most, () => random.pick(items))
  if (random.chance(0.01)) picked.push('empty')
  return random.chance(0.02) ? picked : [...new Set(picked)]
}

function generator(place: Place, kind: 'ConfigMap' | 'Secret'): Fields {
  const { random } = place
  const env = random.chance(0.3)
    ? file(
        place,
        'env',
        random.pick(['A=1\nB = x \n# c\nexport D=2\nE\n', "\uFEFFA=1\r\nB='q'\n\n  C=x=y", '']),
        'env',
      )
    : undefined
  const isOld = env !== undefined && random.chance(0.4)
  const old = random.chance(0.25) ? ofKind(place, [kind]) : undefined
  const isOther = old === undefined || random.chance(0.03)
  return {
    name: isOther ? `${nameOf(random)}-${place.files.size}${random.below(999)}` : old.name,
    namespace: isOther ? (random.chance(0.1) ? 'team' : undefined) : old.namespace,
    behavior: isOther
      ? random.chance(0.01)
        ? random.pick(['merge', 'replace', 'bogus'])
        : random.pick(['create', undefined, undefined])
      : random.pick(['merge', 'replace']),
    literals: distinct(random, literals, 3),
    envs: env === undefined || isOld ? undefined : [env],
    env: isOld ? env : undefined,
    files: random.chance(0.3)
      ? [
          random.pick(['', 'key='] as const) +
            file(
              place,
              'data',
              random.pick([
                'text\n',
                'a: b\n',
                ' lead\n',
                'x\ty\r\n',
                '',
                '\u0000\u0001',
                'é\u2028😀',
              ]),
              'txt',
            ),
        ]
      : undefined,
    options: random.chance(0.3)
      ? {
          disableNameSuffixHash: random.chance(0.5),
          labels: labelMap(random),
          annotations: { n: 'x' },
          immutable: random.chance(0.2),
        }
      : undefined,
  }
}

function sourcePath(random: Random, kind: string): string {
  const paths = ['kind', 'metadata.name']
  if (kind === 'Widget') paths.push('spec.ref', 'spec.number', 'spec.any', 'spec.number')
  if (kind === 'ConfigMap' && random.chance(0.2)) paths.push('data.a', 'data.conf\\.yaml')
  return random.pick(paths)
}

function fieldPath(random: Random): string {
  return random.pick([
    'metadata.name',
    'metadata.labels.app',
    'spec.replicas',
    'data.a',
    'spec.any',
    'spec.list.0.v',
    'spec.list.[name=a].v',
    'spec.template.spec.containers.*.image',
    'spec.template.spec.containers.[name=c1].env.[name=A].value',
    'metadata.annotations.host',
    'spec.map',
    'metadata.annotations.[x.yaml]',
    'data.conf\\.json.a.b',
    'data.conf\\.json.l.0',
    'data.[conf.json].a',
    'data.conf\\.yaml.a.b',
    'data.conf\\.yaml.l.1',
    'data.[conf.yaml].z',
    'data.conf.a.new',
  ])
}

function replacement(place: Place): Fields {
  const { random } = place
  const one = target(place)
  const options = random.chance(0.4)
    ? {
        delimiter: random.pick([':', '-', '/', undefined]),
        index: random.pick([-1, 0, 1, 5]),
        encoding: random.chance(0.15) ? 'base64' : undefined,
        create: random.chance(0.9),
      }
    : undefined
  const source = random.chance(0.15)
    ? { sourceValue: random.pick<Value>(['literal', '80', 'true', '']) }
    : {
        source: {
          kind: one.kind,
          name: one.name,
          group:
            random.chance(0.3) && one.apiVersion.includes('/')
              ? one.apiVersion.split('/')[0]
              : undefined,
          namespace: random.chance(0.6) ? one.namespace : undefined,
          version: random.chance(0.1) ? one.apiVersion.split('/').at(-1) : undefined,
          fieldPath: random.chance(0.5) ? sourcePath(random, one.kind) : undefined,
          options: random.chance(0.1) ? { delimiter: '-', index: 0 } : undefined,
        },
      }
  return {
    ...source,
    targets: random.times(1, 2, () => ({
      select: selector(place),
      reject: random.chance(0.4)
        ? random.times(1, 2, () =>
            random.chance(0.2) ? { name: nameOf(random) } : selector(place),
          )
        : undefined,
      fieldPaths: random.chance(0.9) ? random.times(1, 2, () => fieldPath(random)) : undefined,
      options: options ?? (random.chance(0.92) ? { create: true } : undefined),
    })),
  }
}

function image({ random }: Place): Fields {
  return {
    name: random.pick(['nginx', 'reg.io:5000/team/app', 'busybox', 'redis', 'ngin.', 'absent']),
    newName: random.chance(0.5) ? random.pick(['other', 'r.io/x']) : undefined,
    newTag: random.chance(0.6) ? random.pick(['v2', '1.10', 'latest']) : undefined,
    digest: random.chance(0.15) ? 'sha256:0123456789abcdef' : undefined,
    tagSuffix: random.chance(0.1) ? '-x' : undefined,
  }
}

const anySpec = { path: 'spec/ref', kind: 'Widget' }
const plugins: Readonly<Record<string, (place: Place) => Fields>> = {
  PrefixTransformer: () => ({ prefix: 'pt-', fieldSpecs: [{ path: 'metadata/name' }] }),
  SuffixTransformer: () => ({ suffix: '-st', fieldSpecs: [{ path: 'metadata/name' }, anySpec] }),
  LabelTransformer: place => ({
    labels: labelMap(place.random),
    fieldSpecs: [{ path: 'metadata/labels', create: true }],
  }),
  AnnotationsTransformer: () => ({
    annotations: { by: 'plugin' },
    fieldSpecs: [{ path: 'metadata/annotations', create: true }],
  }),
  NamespaceTransformer: place => ({
    metadata: { name: 'n', namespace: 'plug' },
    unsetOnly: place.random.chance(0.5),
    setRoleBindingSubjects: place.random.pick([
      'defaultOnly',
      'allServiceAccounts',
      'none',
      undefined,
    ]),
    fieldSpecs: [{ path: 'metadata/namespace', create: true }],
  }),
  ImageTagTransformer: place => ({
    imageTag: image(place),
    fieldSpecs: [{ path: 'spec/image', kind: 'Widget' }],
  }),
  ReplicaCountTransformer: place => ({
    replica: { name: (ofKind(place, scaled) ?? target(place)).name, count: 4 },
    fieldSpecs: [{ path: 'spec/replicas', create: true, kind: 'Deployment' }],
  }),
  PatchTransformer: place => ({ ...patch(place) }),
  PatchStrategicMergeTransformer: place => ({ patches: mergeText(place, target(place)) }),
  PatchJson6902Transformer: place => ({
    target: { name: target(place).name, kind: target(place).kind },
    jsonOp: operations(place),
  }),
  ValueAddTransformer: place => ({
    value: 'added',
    targets: [
      {
        selector: { kind: target(place).kind },
        fieldPath: place.random.pick([
          'metadata/labels/added',
          'spec/any',
          'metadata/namespace',
          'spec/path',
        ]),
        filePathPosition: place.random.pick([undefined, 1, 2]),
      },
    ],
  }),
  ReplacementTransformer: place => ({ replacements: [replacement(place)] }),
  HashTransformer: () => ({}),
}

function plugin(place: Place, kind: string, body: Fields): string {
  const meta = isFieldsWith(body['metadata']) ? body['metadata'] : { name: `p${place.files.size}` }
  const text = yamlOf({
    apiVersion: place.random.chance(0.005) ? 'v1' : 'builtin',
    kind,
    ...body,
    metadata: meta,
  })
  return place.random.chance(0.5) ? text : file(place, 'plugin', text)
}

function isFieldsWith(value: Value | undefined): value is Fields {
  return (
    typeof value === 'object' && value !== null && !(value instanceof Raw) && !Array.isArray(value)
  )
}

function transformer(place: Place): string {
  const kind = place.random.pick(Object.keys(plugins))
  return plugin(place, kind, plugins[kind]?.(place) ?? {})
}

const schemaText = JSON.stringify({
  definitions: {
    W: {
      'x-kubernetes-group-version-kind': [{ group: 'example.com', kind: 'Widget', version: 'v1' }],
      properties: {
        spec: {
          properties: {
            list: {
              type: 'array',
              items: { type: 'object' },
              'x-kubernetes-patch-merge-key': 'name',
              'x-kubernetes-patch-strategy': 'merge',
            },
          },
        },
      },
    },
  },
})
const crdText = JSON.stringify({
  'x.Widget': {
    Schema: { properties: { apiVersion: {}, kind: {}, metadata: {}, spec: { $ref: 'x.Spec' } } },
  },
  'x.Spec': {
    Schema: {
      properties: {
        any: { 'x-kubernetes-annotation': '' },
        map: { 'x-kubernetes-label-selector': '' },
        ref: { 'x-kubernetes-identity': '' },
      },
    },
  },
})

const configurations: readonly Fields[] = [
  { nameReference: [{ kind: 'ConfigMap', fieldSpecs: [anySpec] }] },
  { images: [{ path: 'spec/image', kind: 'Widget' }] },
  { commonLabels: [{ path: 'spec/map', create: true, kind: 'Widget' }] },
  { commonAnnotations: [{ path: 'spec/notes', create: true, kind: 'Widget' }] },
  { varReference: [{ path: 'data', kind: 'ConfigMap' }] },
  { replicas: [{ path: 'spec/number', kind: 'Widget' }] },
  { namePrefix: [anySpec], nameSuffix: [anySpec] },
  { labels: [{ path: 'spec/map', kind: 'Widget' }] },
  { templateLabels: [{ path: 'spec/map', create: true, group: 'example.com' }] },
  { namespace: [{ path: 'spec/ns', create: true, kind: 'Widget' }] },
  { nameReference: [{ kind: 'Secret', version: 'v1', fieldSpecs: [{ path: 'spec/ref' }] }] },
  { commonLabels: [{ path: 'spec/selector', create: true, version: 'v1', kind: 'Service' }] },
]

const scaled = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']

/** Every field of a kustomization file that needs no network, with how it is made. */
export const makeField: Readonly<Record<string, MakeField>> = {
  namespace: ({ random }) => random.pick(['team', 'prod', 'default']),
  namePrefix: ({ random }) => random.pick(['p-', 'q.', 'x']),
  nameSuffix: ({ random }) => random.pick(['-s', '-v2']),
  commonLabels: ({ random }) => (random.chance(0.005) ? { a: new Raw('1') } : labelMap(random)),
  labels: ({ random }) =>
    random.times(1, 2, () => ({
      pairs: labelMap(random),
      includeSelectors: random.chance(0.4),
      includeTemplates: random.chance(0.4),
      includeVolumeClaimTemplates: random.chance(0.06) ? true : undefined,
      fields: random.chance(0.2)
        ? [
            {
              path: random.pick(['spec/map', 'spec/selector', 'spec/list/labels']),
              create: random.chance(0.8),
              kind: random.chance(0.8) ? 'Widget' : undefined,
              group: random.chance(0.3) ? 'example.com' : undefined,
              version: random.chance(0.3) ? 'v1' : undefined,
            },
          ]
        : undefined,
    })),
  commonAnnotations: ({ random }) => ({
    note: random.pick(['x', '1', 'yes', 'two\nlines']),
    [random.chance(0.01) ? '7' : random.pick(['a', 'b'])]: 'v',
  }),
  patches: place => place.random.times(1, 2, () => patch(place)),
  patchesStrategicMerge: place =>
    place.random.times(1, 2, () =>
      place.random.chance(0.5)
        ? mergeText(place, target(place))
        : file(place, 'smp', mergeText(place, target(place))),
    ),
  patchesJson6902: place => {
    const { random } = place
    const { apiVersion, kind, name, namespace } = target(place)
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : undefined
    const asFile = random.chance(0.4)
    const text = operations(place)
    return [
      {
        target: {
          group: random.chance(0.4) ? group : undefined,
          version: random.chance(0.3) ? apiVersion.split('/').at(-1) : undefined,
          kind: random.chance(0.9) ? kind : undefined,
          name: random.chance(0.99) ? name : undefined,
          namespace: random.chance(0.4) ? (namespace ?? 'default') : undefined,
          labelSelector: random.chance(0.15) ? random.pick(labelSelectors) : undefined,
          annotationSelector: random.chance(0.15) ? random.pick(annotationSelectors) : undefined,
        },
        [asFile ? 'path' : 'patch']: asFile ? file(place, 'json', text) : text,
        options: random.chance(0.15) ? { allowNameChange: random.chance(0.5) } : undefined,
      },
    ]
  },
  images: place => place.random.times(1, 2, () => image(place)),
  imageTags: place => [image(place)],
  replicas: place => {
    const one = ofKind(place, scaled)
    return one && [{ name: one.name, count: place.random.below(9) }]
  },
  replacements: place =>
    place.random.times(1, 2, () =>
      place.random.chance(0.15)
        ? { path: file(place, 'replacement', yamlOf(replacement(place))) }
        : replacement(place),
    ),
  vars: place => {
    const { apiVersion, kind, name, namespace } = target(place)
    const path = place.random.pick(['metadata.name', 'metadata.name', 'kind'])
    const parts = apiVersion.split('/')
    const asParts = place.random.chance(0.3)
    return [
      {
        name: place.random.pick(['VAR', 'NUM', 'V2', 'V3', 'V4', 'V5']),
        objref: {
          kind,
          name,
          apiVersion: asParts ? undefined : apiVersion,
          group: asParts && parts.length > 1 ? parts[0] : undefined,
          version: asParts ? parts.at(-1) : undefined,
          namespace: place.random.chance(0.4) ? (namespace ?? 'default') : undefined,
        },
        fieldref: place.random.chance(0.6) ? { fieldPath: path } : undefined,
      },
    ]
  },
  configMapGenerator: place => place.random.times(1, 2, () => generator(place, 'ConfigMap')),
  secretGenerator: place => [
    {
      ...generator(place, 'Secret'),
      type: place.random.chance(0.3) ? 'kubernetes.io/tls' : undefined,
    },
  ],
  generatorOptions: ({ random }) => ({
    disableNameSuffixHash: random.chance(0.5),
    labels: labelMap(random),
    annotations: random.chance(0.5) ? { n: 'general', m: 'x' } : undefined,
    immutable: random.chance(0.2),
  }),
  generators: place => [
    place.random.chance(0.1)
      ? plugin(place, 'IAMPolicyGenerator', {
          cloud: place.random.chance(0.95) ? 'gke' : 'other',
          kubernetesService: { namespace: 'team', name: `account${place.files.size}` },
          serviceAccount: { name: 'account', projectId: 'project' },
        })
      : plugin(place, place.random.pick(['ConfigMapGenerator', 'SecretGenerator']), {
          metadata: { name: `gen${place.files.size}` },
          literals: distinct(place.random, literals, 2),
          options: place.random.chance(0.3) ? { labels: labelMap(place.random) } : undefined,
        }),
  ],
  transformers: place => place.random.times(1, 2, () => transformer(place)),
  validators: place => [
    plugin(place, 'LabelTransformer', {
      labels: { a: 'b' },
      fieldSpecs: place.random.chance(0.95) ? [] : [{ path: 'metadata/labels', create: true }],
    }),
  ],
  configurations: place => [file(place, 'config', yamlOf(place.random.pick(configurations)))],
  crds: place => [file(place, 'crd', crdText, 'json')],
  openapi: place =>
    place.random.chance(0.8)
      ? { path: file(place, 'schema', schemaText, 'json') }
      : { version: place.random.chance(0.97) ? 'v1.21.2' : 'v1.20.4' },
  buildMetadata: ({ random }) =>
    random.pick([
      ['originAnnotations'],
      ['transformerAnnotations'],
      ['managedByLabel'],
      ['originAnnotations', 'transformerAnnotations'],
    ]),
  sortOptions: ({ random }) =>
    random.pick<Value>([
      { order: 'fifo' },
      { order: 'legacy' },
      { order: 'legacy', legacySortOptions: { orderFirst: ['Service'], orderLast: ['ConfigMap'] } },
      { order: random.chance(0.1) ? 'bogus' : 'fifo' },
    ]),
  metadata: ({ random }) => ({
    name: 'k',
    namespace: random.chance(0.6) ? 'unused' : undefined,
    labels: { a: 'b' },
    annotations: random.chance(0.6) ? { c: 'd' } : undefined,
  }),
  helmCharts: ({ random }) =>
    random.chance(0.05)
      ? []
      : [
          {
            name: 'chart',
            version: '1.0.0',
            repo: 'https://example.com',
            releaseName: 'r',
            namespace: 'team',
            valuesFile: 'values.yaml',
            additionalValuesFiles: ['more.yaml'],
            valuesInline: { a: hostileScalar(random) },
            valuesMerge: 'merge',
            includeCRDs: true,
            skipHooks: true,
            skipTests: true,
            apiVersions: ['v1'],
            kubeVersion: '1.30',
            nameTemplate: 'x',
            debug: false,
            devel: false,
          },
        ],
  helmChartInflationGenerator: () => [
    {
      chartName: 'chart',
      chartVersion: '1',
      chartRepoUrl: 'https://example.com',
      releaseName: 'r',
    },
  ],
  helmGlobals: () => ({ chartHome: 'charts', configHome: 'config' }),
  inventory: () => ({ type: 'ConfigMap' }),
}
