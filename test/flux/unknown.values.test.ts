import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { kustomization, layouts } from './layouts.ts'

const [layout] = layouts

const fromCluster = '  postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster }] }\n'
const fromHere = '  postBuild: { substitute: { app: books } }\n'

/** Each error as `code line` of the one manifest that the app has. */
function errors(manifest: string, postBuild: string): string[] {
  if (layout === undefined) throw new Error('no layout')
  const app = kustomization(layout, 'shop', './apps/shop', postBuild)
  const { diagnostics } = check(layout.make([app], { 'apps/shop/app.yaml': manifest }))
  return diagnostics
    .filter(one => one.level !== 'note')
    .map(({ code, at }) => `${code} ${at.source.position(at.start).line}`)
}

const deployment = (labels: string, more = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: books
  namespace: default
spec:
  selector: { matchLabels: { app: books } }
  template:
    metadata:
      labels: { ${labels} }
    spec:
      containers:
        - name: main
          image: books:1
${more}`

describe('values that nobody here knows', () => {
  it('are no reason for what the API server would say of the expression itself', () => {
    expect(errors(deployment('app: "${app}"'), fromCluster)).toEqual([])
    expect(errors(deployment('app: books, tier: "${tier}"'), fromCluster)).toEqual([])
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: books, namespace: "\${where}" }
spec: { defaultBackend: { service: { name: books, port: { number: "\${port}" } } } }
`
    expect(errors(ingress, fromCluster)).toEqual([])
  })

  it('leave what is wrong whatever they are', () => {
    const twice = `          env:
            - { name: "\${name}", value: a }
            - { name: "\${name}", value: b }
          prots: []
`
    expect(errors(deployment('app: "${app}"', twice), fromCluster)).toEqual([
      'duplicate-item 17',
      'unknown-field 18',
    ])
    expect(errors(deployment('tier: books'), fromCluster)).toEqual(['invalid-value 10'])
  })
})

describe('a variable that nothing sets', () => {
  it('is said, and the others are replaced all the same', () => {
    const more = '          command: ["${command}"]\n          prots: []\n'
    expect(errors(deployment('app: "${app}"', more), fromHere)).toEqual([
      'undefined-variable 15',
      'unknown-field 16',
    ])
    expect(errors(deployment('app: "${app}s"', more), fromHere)).toEqual([
      'invalid-value 10',
      'undefined-variable 15',
      'unknown-field 16',
    ])
  })
})
