import { describe, expect, it } from 'vitest'
import { configMap, helmRelease } from './causes.ts'
import { check, places } from './check.ts'
import { type Files, kustomization, layouts } from './layouts.ts'

const [layout] = layouts
if (layout === undefined) throw new Error('no layout')

const app = kustomization(layout, 'shop', './apps/shop', '  dependsOn: [{ name: infra-core }]\n')
const files = (infra: string, more: Files) =>
  layout.make([app, infra], {
    'apps/shop/ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
    'apps/shop/release.yaml': helmRelease(layout, 'podinfo', 'charts'),
    ...more,
  })

describe('what is not found', () => {
  it('is left out where the Kustomization that may bring it fails: that is what to mend', () => {
    const infra = kustomization(layout, 'infra', './infra')
    const broken = files(infra, { 'infra/kustomization.yaml': 'resources: [gone.yaml]\n' })
    expect(places(check(broken))).toEqual(['build-failed infra/kustomization.yaml:1'])
  })

  it('is a note where a Kustomization comes from elsewhere', () => {
    const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { interval: 1m, url: "https://example.com/platform" }
`
    const infra = kustomization(layout, 'infra', './infra').replace(
      'name: flux-system\n',
      'name: platform\n',
    )
    const { diagnostics } = check(files(`${infra}---\n${source}`, {}))
    expect(diagnostics.map(one => `${one.level} ${one.code}`).sort()).toEqual([
      'note dangling-source',
      'note external-source',
      'note missing-dependency',
    ])
  })

  it('is an error where everything is shown', () => {
    const infra = kustomization(layout, 'infra', './infra')
    const shown = files(infra, { 'infra/x.yaml': configMap(layout, 'x', '  a: b\n') })
    const { diagnostics } = check(shown)
    expect(diagnostics.map(one => `${one.level} ${one.code}`).sort()).toEqual([
      'error dangling-source',
      'error missing-dependency',
    ])
  })
})

it('a suspended Kustomization stops nothing yet', () => {
  const suspended = kustomization(layout, 'old', './gone', '  suspend: true\n')
  const all = layout.make([suspended], {})
  expect(check(all).diagnostics.map(one => `${one.level} ${one.code}`)).toEqual([
    'warning missing-path',
  ])
})

it('what a submodule holds is not known, and empty where nobody fetches it', () => {
  const source = (more: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: fleet, namespace: flux-system }
spec: { interval: 1m, url: "https://example.com/fleet"${more} }
`
  const say = (more: string, path: string) =>
    check({
      'clusters/source.yaml': source(more),
      'clusters/apps.yaml': kustomization(
        { ...layout, source: { kind: 'GitRepository', name: 'fleet' } },
        'vendor',
        path,
      ),
      'vendor/apps': { submodule: true },
    }).diagnostics.map(one => `${one.level} ${one.code}`)
  expect(say(', recurseSubmodules: true', './vendor/apps/base')).toEqual(['note external-source'])
  expect(say('', './vendor/apps/base')).toEqual(['error missing-path'])
  expect(say('', './vendor/apps')).toEqual([])
})
