import { gitRepository, kustomization, type Layout } from './layouts.ts'

const KUSTOMIZE = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n'
const COMPONENT = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'

/** Two clusters that share a base: each takes it with a component, and patches the Kustomizations in it. */
const shared: Layout = {
  name: 'shared base with components',
  index: 1,
  folder: 'platform/apps/billing',
  path: './platform/apps/billing',
  namespace: 'billing',
  app: 'billing',
  sync: 'platform/sync/base/billing/ks.yaml',
  source: { kind: 'GitRepository', name: 'flux-system' },
  ignoring: '/platform/apps/billing/\n',
  make: (kustomizations, files) => ({
    ...Object.assign(
      {},
      ...['blue', 'green'].map(color => ({
        [`clusters/${color}/flux-system/gotk-sync.yaml`]: [
          gitRepository('flux-system', 'ssh://git@github.com/acme/colors'),
          kustomization(shared, 'flux-system', `./clusters/${color}`),
        ].join('---\n'),
        [`clusters/${color}/flux-system/namespace.yaml`]:
          'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: flux-system\n',
        [`clusters/${color}/sync.yaml`]: kustomization(
          shared,
          'sync',
          `./platform/sync/overlays/${color}`,
          `  patches:
    - patch: |
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: any
        spec:
          timeout: 4m
          commonMetadata: { labels: { cluster: ${color} } }
      target: { group: kustomize.toolkit.fluxcd.io, kind: Kustomization }
`,
        ),
        [`platform/sync/overlays/${color}/kustomization.yaml`]: `${KUSTOMIZE}resources: [../../base]\ncomponents: [../../components/slow]\n`,
      })),
    ),
    'platform/sync/base/kustomization.yaml': `${KUSTOMIZE}resources:\n  - billing/ks.yaml\n`,
    'platform/sync/base/billing/ks.yaml': kustomizations.join('---\n'),
    'platform/sync/components/slow/kustomization.yaml': `${COMPONENT}patches:
  - target: { kind: Kustomization }
    patch: |
      - op: replace
        path: /spec/interval
        value: 30m
`,
    ...files,
  }),
}

/** What is applied is an artifact that is put together from folders of the repository, under other names. */
const generated: Layout = {
  name: 'generated artifact',
  index: 2,
  folder: 'stacks/eu/prod/web',
  path: './live/web',
  namespace: 'web-live',
  app: 'web',
  sync: 'infra/clusters/eu/flux/web.yml',
  source: { kind: 'ExternalArtifact', name: 'stacks' },
  make: (kustomizations, files) => ({
    'infra/clusters/eu/flux/flux-system/gotk-sync.yaml': [
      gitRepository('flux-system', 'https://git.acme.example/stacks.git'),
      kustomization(generated, 'flux-system', './infra/clusters/eu/flux').replace(
        'kind: ExternalArtifact\n    name: stacks',
        'kind: GitRepository\n    name: flux-system',
      ),
    ].join('---\n'),
    'infra/clusters/eu/flux/flux-system/namespace.yaml':
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: flux-system\n',
    'infra/clusters/eu/flux/artifacts.yaml': `apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: stacks
  namespace: flux-system
spec:
  sources:
    - { alias: repo, kind: GitRepository, name: flux-system }
  artifacts:
    - name: stacks
      copy:
        - { from: '@repo/stacks/eu/prod/**', to: '@artifact/live/' }
`,
    'infra/clusters/eu/flux/web.yml': kustomizations.join('---\n'),
    ...files,
  }),
}

/** One folder for everything, with spaces in its name, a root written in JSON, and many documents in one file. */
const compact: Layout = {
  name: 'one file, JSON roots',
  index: 0,
  folder: 'lab/home server/apps/music',
  path: 'lab/home server/apps/music/',
  namespace: 'music',
  app: 'music-main',
  sync: 'lab/home server/root/all.yaml',
  source: { kind: 'GitRepository', name: 'lab' },
  make: (kustomizations, files) => ({
    'lab/home server/root/Kustomization': JSON.stringify({ resources: ['all.yaml', 'more.json'] }),
    'lab/home server/root/more.json': JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'extra' } }],
    }),
    'lab/home server/root/all.yaml': [
      gitRepository('lab', 'https://git.acme.example/lab.git'),
      kustomization(compact, 'root', './lab/home server/root'),
      ...kustomizations,
    ].join('---\n'),
    ...files,
  }),
}

export const outlying: readonly Layout[] = [shared, generated, compact]
