import { describe, expect, it } from 'vitest'
import { check } from './check.ts'

const SYNC = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 5m, url: https://github.com/example/fleet, ref: {branch: main}}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 5m, path: ./clusters, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`

function configMap(name: string, data = 'a: b'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "${name}", namespace: default}\ndata: {${data}}\n`
}

/** The errors about a repository whose Kustomization `app` builds `app/`. */
function errors(files: Readonly<Record<string, string>>, spec = '') {
  const app = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: app, namespace: flux-system}
spec:
  interval: 5m
  path: ./app
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
${spec}`
  const placed = Object.entries(files).map(([path, text]) => [`app/${path}`, text])
  const sync = { 'clusters/flux-system/gotk-sync.yaml': SYNC, 'clusters/app.yaml': app }
  const { diagnostics } = check({ ...sync, ...Object.fromEntries(placed) })
  return diagnostics
    .filter(one => one.level === 'error')
    .map(({ code, at, message, seenIn }) => ({ code, path: at.source.path, message, seenIn }))
}

const one = configMap('one')

describe('what kustomize-controller 1.9.4 refused in a cluster', () => {
  it('a folder whose kustomization file does not parse', () => {
    const [found, ...rest] = errors({
      'kustomization.yaml': 'namespace: a\n  b: c\n',
      'a.yaml': one,
    })
    expect(rest).toEqual([])
    expect(found).toMatchObject({ code: 'unparsable-yaml', path: 'app/kustomization.yaml' })
    expect(found?.message).toContain('mapping values are not allowed in this context')
  })

  it('a kustomization file that holds a list', () => {
    expect(errors({ 'kustomization.yaml': '- one.yaml\n', 'one.yaml': one })).toMatchObject([
      { code: 'build-failed', message: 'the kustomization file holds no map' },
    ])
  })

  it('an encrypted file of more than 5 MiB', () => {
    const files = (size: number) => ({
      'kustomization.yaml': 'secretGenerator: [{name: x, namespace: default, files: [x.bin]}]\n',
      'x.bin': `{"data": "${'x'.repeat(size)}", "sops": {"mac": "ENC[AES256_GCM,"}}`,
    })
    const decrypt = '  decryption: {provider: sops}\n'
    const said = (size: number) => errors(files(size), decrypt).map(one => one.message)
    const refusal = expect.stringMatching(
      /^cannot decrypt file with size \(52429\d\d bytes\) exceeding limit \(5242880\)$/,
    )
    expect(said(5 << 20)).toEqual(expect.arrayContaining([refusal]))
    expect(said(5_000)).not.toEqual(expect.arrayContaining([refusal]))
  })

  it('two kustomization files in one folder', () => {
    const list = 'resources: [one.yaml]\n'
    const files = { 'kustomization.yaml': list, Kustomization: list, 'one.yaml': one }
    expect(errors(files)).toMatchObject([
      { code: 'build-failed', message: 'Found multiple kustomization files under: app' },
    ])
  })

  it('two objects that substitution gives one name', () => {
    const files = { 'a.yaml': configMap('x-${a}'), 'b.yaml': configMap('x-${b}') }
    const vars = (b: string) => `  postBuild: {substitute: {a: same, b: ${b}}}\n`
    expect(errors(files, vars('other'))).toEqual([])
    expect(errors(files, vars('same'))).toMatchObject([
      { code: 'bad-substitution', message: expect.stringContaining('id matched 2 resources') },
    ])
  })

  it('a variable with a bad name, and says which Kustomization it stops', () => {
    const spec = '  postBuild: {substitute: {my-key: x}}\n'
    expect(errors({ 'a.yaml': one }, spec)).toMatchObject([
      { code: 'bad-substitution', seenIn: ['app'] },
    ])
  })

  it('values that are no YAML map, but not where they go to one place', () => {
    const release = (more: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: default}
spec:
  interval: 5m
  chart: {spec: {chart: web, version: 1.x, sourceRef: {kind: HelmRepository, name: web}}}
  valuesFrom: [{kind: ConfigMap, name: values${more}}]
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: web, namespace: default}
spec: {interval: 1h, url: https://charts.example.com}
`
    const values = configMap('values', 'values.yaml: "a: [b"')
    expect(errors({ 'r.yaml': release(''), 'v.yaml': values })).toMatchObject([
      { code: 'missing-values', message: expect.stringContaining('could not resolve ConfigMap') },
    ])
    expect(errors({ 'r.yaml': release(', targetPath: a'), 'v.yaml': values })).toEqual([])
  })

  const own = (spec: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: own, namespace: default}
spec: {interval: 5m, chart: {spec: {chart: ./app/chart, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}${spec}}}}
`
  const chart = (more: Readonly<Record<string, string>> = {}) => ({
    'kustomization.yaml': 'resources: [r.yaml]\n',
    'chart/Chart.yaml': 'apiVersion: v2\nname: own\nversion: 1.0.0\n',
    'chart/values.yaml': 'a: b\n',
    ...more,
  })

  it('a file of values that the source lacks, but not one that may be missing', () => {
    const missing = ', valuesFiles: [./app/chart/values.yaml, chart/values.yaml]'
    expect(errors(chart({ 'r.yaml': own(missing) }))).toMatchObject([
      {
        code: 'missing-values',
        message: "values files merge error: no values file found at path '/chart/values.yaml'",
      },
    ])
    const ignored = `${missing}, ignoreMissingValuesFiles: true`
    expect(errors(chart({ 'r.yaml': own(ignored) }))).toEqual([])
    const suspended = own(missing).replace('interval: 5m', 'interval: 5m, suspend: true')
    expect(errors(chart({ 'r.yaml': suspended }))).toEqual([])
  })

  it('an object of a kind that the chart beside it brings', () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
`
    const widget = `---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one, namespace: default}\n`
    expect(errors(chart({ 'r.yaml': own('') + widget, 'chart/crds/crd.yaml': crd }))).toMatchObject(
      [
        {
          code: 'early-custom-resource',
          message: expect.stringContaining('HelmRelease default/own'),
        },
      ],
    )
  })

  it('a release into a namespace that nothing makes', () => {
    const release = (more: string) => own('').replace('interval: 5m', `interval: 5m, ${more}`)
    const into = 'targetNamespace: elsewhere'
    expect(errors(chart({ 'r.yaml': release(into) }))).toMatchObject([
      {
        code: 'missing-namespace',
        message:
          'nothing in the repository creates namespace elsewhere, which HelmRelease default/own installs into',
      },
    ])
    const made = release(`${into}, install: {createNamespace: true}`)
    expect(errors(chart({ 'r.yaml': made }))).toEqual([])
  })

  it('common labels that no object takes', () => {
    const spec = '  commonMetadata: {labels: {team: "a b", "b c": d}}\n'
    const found = errors({ 'a.yaml': one }, spec).map(({ code, message }) => [code, message])
    expect(found).toEqual([
      ['invalid-value', expect.stringContaining('metadata.labels: Invalid value: "a b"')],
      ['invalid-value', expect.stringContaining('metadata.labels: Invalid value: "b c"')],
    ])
  })

  it('a source of another kind than the one that the cluster is started with', () => {
    const other = (kind: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: other, namespace: flux-system}
spec: {interval: 5m, path: ./app/deep, prune: true, sourceRef: {kind: ${kind}, name: flux-system}}
`
    const files = (kind: string) => ({
      'kustomization.yaml': 'resources: [k.yaml]\n',
      'k.yaml': other(kind),
      'deep/a.yaml': one,
    })
    expect(errors(files('OCIRepository'))).toMatchObject([
      { code: 'dangling-source', message: expect.stringContaining('OCIRepository/flux-system') },
    ])
    expect(errors(files('GitRepository'))).toEqual([])
  })

  it('health checks that can have no answer, where they are asked for', () => {
    const spec = (current: string, wait = 'wait: true') =>
      `  ${wait}\n  healthCheckExprs: [{apiVersion: v1, kind: ConfigMap, current: "${current}"}]\n`
    const said = (text: string) => errors({ 'a.yaml': one }, text).map(each => each.message)
    expect(said(spec('nosuch(data)'))).toEqual([
      'the health check runs out of its time: no such overload: nosuch',
    ])
    expect(said(spec("'yes'"))).toEqual([
      "the health check runs out of its time: failed to evaluate CEL expression as boolean: ''yes''",
    ])
    expect(said(spec('nosuch(data)', 'force: false'))).toEqual([])
    expect(said(spec("sets.contains([data.a], ['b'])"))).toEqual([])
  })
})
