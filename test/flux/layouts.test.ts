import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../src/tree/config.ts'
import { buildModel } from '../../src/flux/build.ts'
import { drawGraph } from '../../src/flux/graph.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { layouts } from './layouts.ts'
import { workTree } from '../../src/tree/disk.ts'

const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`
const ks = (name: string, path: string, more = '', source = 'flux-system') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  interval: 10m
  prune: true
  path: ${path}
  sourceRef: {kind: GitRepository, name: ${source}}
${more}`

const git = (name: string, url = 'https://example.com/x') =>
  `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: ${name}, namespace: flux-system}
spec: {interval: 1m, url: "${url}"}
`

const working: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a monorepo whose root is the cluster': {
    'flux-system/gotk-sync.yaml': `${git('flux-system')}---\n${ks('flux-system', './')}`,
    'apps/ns.yaml': namespace('a'),
  },
  'tenants, each with a repository of its own': {
    'clusters/x/flux-system/gotk-sync.yaml': `${git('flux-system')}---\n${ks('flux-system', './clusters/x')}`,
    'clusters/x/tenants.yaml': ks('tenants', './tenants'),
    'tenants/one.yaml': `${git('one', 'https://example.com/one')}---\n${ks('one', './deploy', '', 'one')}`,
  },
  'an AKS configuration outside of Git': {
    'clusters/aks/apps.yaml': ks('apps', './apps', '', 'aks-config'),
    'apps/ns.yaml': namespace('a'),
  },
  'components and substitution from a rendered ConfigMap': {
    'clusters/x/flux-system/gotk-sync.yaml': `${git('flux-system')}---\n${ks('flux-system', './clusters/x')}`,
    'clusters/x/vars.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata: {team: blue}\n',
    'clusters/x/apps.yaml': ks(
      'apps',
      './apps',
      '  components: [../components/team]\n  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n',
    ),
    'apps/ns.yaml': namespace('team-${team}'),
    'components/team/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels: [{pairs: {team: "${team}"}}]\n',
  },
  'children whose path and variables a parent patches': {
    'clusters/x/flux-system/gotk-sync.yaml': `${git('flux-system')}---\n${ks(
      'flux-system',
      './clusters/x',
      '  patches:\n    - target: {kind: Kustomization, labelSelector: patched=yes}\n      patch: |\n        - op: replace\n          path: /spec/path\n          value: ./apps\n',
    )}`,
    'clusters/x/apps.yaml': ks('apps', './nowhere').replace(
      '{name: apps,',
      '{name: apps, labels: {patched: "yes"},',
    ),
    'apps/ns.yaml': namespace('a'),
  },
}

describe('working repositories', () => {
  it.each(Object.entries(working))('%s', (_, files) => {
    const model = buildModel(memoryTree(files), defaultConfig, '', createBuilder)
    expect(model.incomplete).toBeUndefined()
    const notes = new Set(['external-source', 'unknown-variables'])
    expect(model.findings.filter(one => !notes.has(one.code))).toEqual([])
    expect(model.kustomizations.flatMap(one => one.build?.error ?? [])).toEqual([])
    expect(model.kustomizations.flatMap(one => one.objects).length).toBeGreaterThan(0)
  })

  it.each(layouts.map(layout => [layout.name, layout] as const))('%s', (_, layout) => {
    const one = `${layout.folder}/ns.yaml`
    const text = ks(layout.app, layout.path).replace('GitRepository', layout.source.kind)
    const files = layout.make(
      [text.replace('name: flux-system}\n', `name: ${layout.source.name}}\n`)],
      {
        [one]: namespace(layout.namespace),
      },
    )
    const model = buildModel(memoryTree(files), defaultConfig, '', createBuilder)
    expect(model.findings).toEqual([])
  })
})

describe('the graph of this repository', () => {
  it('shows ingress-nginx once, the apps in staging and in production', () => {
    const config = { ...defaultConfig, entryPoints: ['clusters/aks-cluster'] }
    const graph = drawGraph(buildModel(workTree('.'), config, '', createBuilder), () => undefined)
    expect(graph.match(/HelmRelease<br\/>ingress-nginx/g)).toHaveLength(1)
    expect(graph.match(/Deployment<br\/>audiobookshelf/g)).toHaveLength(2)
    expect(graph.match(/Deployment<br\/>cloudflared/g)).toHaveLength(2)
    expect(graph).toBe(
      drawGraph(buildModel(workTree('.'), config, '', createBuilder), () => undefined),
    )
  })
})
