import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

interface Manifest {
  readonly path: string
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata?: { readonly name?: string; readonly namespace?: string }
  readonly spec?: Readonly<Record<string, unknown>>
}

const manifests = ['clusters', 'apps'].flatMap(readManifests)
const ofKind = (kind: string, group: RegExp) =>
  manifests.filter(one => one.kind === kind && group.test(one.apiVersion ?? ''))
const fluxKustomizations = ofKind('Kustomization', /^kustomize\.toolkit/)
const releases = ofKind('HelmRelease', /^helm\.toolkit/)
const runbook = readFileSync('.github/RUNBOOK.md', 'utf8')

describe('the repository that Flux applies', () => {
  it('syncs and corrects every five minutes', () => {
    const own = fluxKustomizations.filter(one => one.metadata?.name !== 'flux-system')
    expect(own.map(one => one.metadata?.name ?? '').sort()).toEqual([
      'apps',
      'apps-staging',
      'infrastructure',
    ])
    for (const { spec, path } of [...own, ...releases])
      expect([path, spec?.['interval']]).toEqual([path, '5m0s'])
    for (const { spec } of own) {
      expect(spec).toMatchObject({ prune: true, decryption: { secretRef: { name: 'sops-age' } } })
      expect(spec).toHaveProperty('timeout')
      expect(spec).toHaveProperty('retryInterval')
    }
    expect(releases.length).toBe(1)
    for (const { spec } of releases)
      expect(spec).toMatchObject({ driftDetection: { mode: 'enabled' } })
  })

  it('uses the API versions of Flux 2.9', () => {
    const used = manifests.map(one => one.apiVersion ?? '').filter(one => one.includes('fluxcd.io'))
    const versions: string[] = [...new Set(used)]
    expect(versions.sort()).toEqual([
      'helm.toolkit.fluxcd.io/v2',
      'kustomize.toolkit.fluxcd.io/v1',
      'notification.toolkit.fluxcd.io/v1beta3',
      'source.toolkit.fluxcd.io/v1',
    ])
  })

  it('explains every Helm value by its documentation', () => {
    const text = readFileSync('apps/base/ingress-nginx/release.yaml', 'utf8')
    const values = text.slice(text.indexOf('  values:'))
    for (const name of [
      'replicaCount',
      'ingressClassResource',
      'annotations',
      'metrics',
      'resources',
    ])
      expect(values).toMatch(new RegExp(`# README, \`controller\\.[\\w.]*${name}`))
  })

  it('has a runbook that names what exists', () => {
    const names = new Set(manifests.map(one => one.metadata?.name))
    const named = [
      ...runbook.matchAll(
        /(?:kustomization|--name=|Kustomization\/|source git\n?) ?([a-z][a-z-]+)/g,
      ),
    ]
    expect(named.length).toBeGreaterThan(5)
    for (const [, name = ''] of named) expect(names).toContain(name)
    for (const line of [
      'flux get all',
      'flux get sources git',
      'flux logs --kind=Kustomization --name=apps',
      'flux reconcile kustomization apps',
      'flux reconcile kustomization flux-system --with-source',
      '--branch=main --path=./clusters/aks-cluster --personal',
    ])
      expect(runbook).toContain(line)
  })
})

function readManifests(folder: string): Manifest[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.yaml'))
    .flatMap(path => {
      const text = readFileSync(`${folder}/${path}`, 'utf8')
      return parseAllDocuments(text).flatMap(document => {
        const value: unknown = document.toJS()
        return typeof value === 'object' && value !== null
          ? [{ ...value, path: `${folder}/${path}` }]
          : []
      })
    })
}
