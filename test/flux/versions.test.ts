import { expect, it } from 'vitest'
import { check, places } from './check.ts'
import { kustomization, layouts } from './layouts.ts'

const [layout] = layouts
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n'

/** What `check` says of an app under the given Flux. */
function under(version: string, manifest: string, spec = ''): string[] {
  if (layout === undefined) throw new Error('no layout')
  const files = layout.make([kustomization(layout, layout.app, layout.path, spec)], {
    [`${layout.folder}/namespace.yaml`]: namespace,
    [`${layout.folder}/demo.yaml`]: manifest,
    '.github/fluxgate.yaml': `flux: { version: "${version}" }\n`,
  })
  return places(check(files)).map(place => place.replace(/:\d+$/, ''))
}

const secret = (more: string, version = 'v1') => `apiVersion: source.toolkit.fluxcd.io/${version}
kind: GitRepository
metadata: { name: other, namespace: shop }
spec: { interval: 1m, url: "https://example.com/x"${more} }
`

const text = `apiVersion: v1
kind: ConfigMap
metadata: { name: demo, namespace: shop }
data: { a: "\${unset}" }
`

it.each([
  ['variables without a value', text, '  postBuild: { substitute: { a: b } }\n', 9, 'undefined'],
  ['removed versions', secret('', 'v1beta2'), '', 8, 'removed-api'],
] as const)('%s', (_, manifest, spec, since, code) => {
  for (const minor of [7, 8, 9]) {
    const said = under(`2.${minor}`, manifest, spec)
    if (minor >= since) expect(said.join()).toMatch(code)
    else expect(said).toEqual([])
  }
})

it.each([
  [
    'fields',
    '',
    '  ignore:\n    - paths: [/spec/replicas]\n',
    9,
    'unknown-field clusters/prod/apps.yaml',
  ],
  ['values', ', provider: aws', '', 9, 'invalid-value apps/shop/demo.yaml'],
] as const)('%s that came later', (_, more, spec, since, place) => {
  for (const minor of [7, 8]) expect(under(`2.${minor}`, secret(more), spec)).toEqual([place])
  expect(under(`2.${since}`, secret(more), spec)).not.toContain(place)
})
