/** A way to lay a repository out. Two repositories of different layouts have nothing but their meaning in common. */
export interface Layout {
  readonly name: string
  readonly index: 0 | 1 | 2
  /** Where an app's manifests are, in the repository and as `spec.path` says it. */
  readonly folder: string
  readonly path: string
  readonly namespace: string
  readonly app: string
  /** The file with the Kustomizations. */
  readonly sync: string
  readonly source: { readonly kind: string; readonly name: string }
  /** A `.sourceignore` that leaves the folder of the app out. */
  readonly ignoring?: string
  /** A healthy repository around the given Kustomizations. */
  make(kustomizations: readonly string[], files: Files): Files
}

export type Files = Readonly<
  Record<string, string | { readonly link: string } | { readonly submodule: true }>
>

/** A Flux Kustomization of a layout; `spec` is YAML indented by two. */
export function kustomization(layout: Layout, name: string, path: string, spec = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  retryInterval: 2m
  timeout: 5m
  prune: true
  path: ${path}
  sourceRef:
    kind: ${layout.source.kind}
    name: ${layout.source.name}
${spec}`
}

export function gitRepository(name: string, url: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1m
  url: ${url}
  ref: { branch: main }
`
}

/** As `flux bootstrap` lays it out: one cluster, the apps beside it. */
const monorepo: Layout = {
  name: 'monorepo',
  index: 0,
  folder: 'apps/shop',
  path: './apps/shop',
  namespace: 'shop',
  app: 'shop',
  sync: 'clusters/prod/apps.yaml',
  source: { kind: 'GitRepository', name: 'flux-system' },
  make: (kustomizations, files) => ({
    'clusters/prod/flux-system/gotk-sync.yaml': [
      gitRepository('flux-system', 'ssh://git@github.com/acme/fleet'),
      kustomization(monorepo, 'flux-system', './clusters/prod'),
    ].join('---\n'),
    'clusters/prod/flux-system/gotk-components.yaml':
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: flux-system\n',
    'clusters/prod/flux-system/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [gotk-components.yaml, gotk-sync.yaml]\n',
    'clusters/prod/apps.yaml': kustomizations.join('---\n'),
    ...files,
  }),
}

/** Nothing is bootstrapped in the repository, the folders are deep, and there is another cluster. */
const fleet: Layout = {
  name: 'fleet',
  index: 1,
  folder: 'tenants/team-a/workloads/web/base',
  path: 'tenants/team-a/workloads/web/base',
  namespace: 'team-a',
  app: 'web',
  sync: 'fleet/eu/west/sync.yaml',
  source: { kind: 'GitRepository', name: 'platform' },
  ignoring: '/*\n!/fleet\n!/tenants/shared\n',
  make: (kustomizations, files) => ({
    'fleet/eu/west/source.yaml': gitRepository('platform', 'https://git.acme.example/platform.git'),
    'fleet/eu/west/sync.yaml': kustomizations.join('---\n'),
    'fleet/eu/east/source.yaml': gitRepository('platform', 'https://git.acme.example/platform.git'),
    'fleet/eu/east/sync.yaml': kustomization(fleet, 'base', './tenants/shared'),
    'tenants/shared/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shared\n',
    ...files,
  }),
}

/** A FluxInstance that syncs an artifact made from the folder `kubernetes`. */
const instance: Layout = {
  name: 'instance',
  index: 2,
  folder: 'kubernetes/deploy/api',
  path: './deploy/api/',
  namespace: 'api-live',
  app: 'api',
  sync: 'kubernetes/clusters/edge/apps/api/ks.yaml',
  source: { kind: 'OCIRepository', name: 'flux-system' },
  make: (kustomizations, files) => ({
    'bootstrap/instance.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync:
    kind: OCIRepository
    url: oci://registry.acme.example/manifests
    ref: latest
    path: clusters/edge
`,
    'kubernetes/clusters/edge/apps/api/ks.yaml': kustomizations.join('---\n'),
    ...files,
  }),
}

export const layouts: readonly Layout[] = [monorepo, fleet, instance]
