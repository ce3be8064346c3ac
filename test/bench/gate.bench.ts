import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { referee } from '../referees.ts'
import { row, type Row, timeCommand } from './measure.ts'
import { exportSchemas } from './schemas.ts'

const cli = `${process.execPath} ${resolve('dist/cli.js')}`

/** `check` against the shell pipeline that teams write today: render each overlay, validate what comes out. */
export function run(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bench-'))
  try {
    const schemas = join(folder, 'schemas')
    exportSchemas(schemas)
    const own = [
      'apps/base/ingress-nginx',
      'apps/production',
      'apps/staging',
      'clusters/aks-cluster/flux-system',
    ]
    const generated = join(folder, 'tree')
    const overlays = generate(generated)
    return [
      row(
        'check of this repository',
        timeCommand(`${cli} check .`, 9),
        timeCommand(pipeline(own, schemas), 5),
        'kustomize build | kubeconform per overlay',
        5,
      ),
      row(
        'check of 300 documents in 20 overlays',
        timeCommand(`cd ${generated} && ${cli} check .`, 9),
        timeCommand(`cd ${generated} && ${pipeline(overlays, schemas)}`, 3),
        'kustomize build | kubeconform per overlay',
        5,
      ),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function pipeline(folders: readonly string[], schemas: string): string {
  const validate = `${referee('kubeconform')} -strict -skip Secret -schema-location '${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json'`
  return folders.map(one => `${referee('kustomize')} build ${one} | ${validate}`).join(' && ')
}

/** 20 overlays of 15 documents each over one shared base, applied by 20 Flux Kustomizations. */
function generate(folder: string): string[] {
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const names = Array.from({ length: 5 }, (_, i) => `app${i}`)
  write(
    'base/kustomization.yaml',
    `resources:\n${names.map(name => `  - ${name}.yaml\n`).join('')}`,
  )
  for (const name of names) write(`base/${name}.yaml`, manifests(name))
  const overlays = Array.from({ length: 20 }, (_, i) => `overlays/o${i}`)
  for (const [i, overlay] of overlays.entries()) {
    write(
      `${overlay}/kustomization.yaml`,
      `namespace: ns${i}\nnamePrefix: o${i}-\nresources:\n  - ../../base\nlabels:\n  - pairs:\n      overlay: o${i}\n    includeSelectors: true\nimages:\n  - name: registry.example.com/app0\n    newTag: '${i}'\n`,
    )
    write(
      `clusters/main/o${i}.yaml`,
      `${namespace(`ns${i}`)}---\n${fluxKustomization(`o${i}`, overlay)}`,
    )
  }
  write('clusters/main/source.yaml', SOURCE)
  return overlays
}

function manifests(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: registry.example.com/${name}:1.0.0
          ports:
            - name: http
              containerPort: 8080
          envFrom:
            - configMapRef:
                name: ${name}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  LEVEL: info
`
}

function namespace(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`
}

function fluxKustomization(name: string, path: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 5m
  path: ./${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: main
`
}

const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: main
  namespace: flux-system
spec:
  interval: 5m
  url: https://github.com/example/bench
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: main
  namespace: flux-system
spec:
  interval: 5m
  path: ./clusters/main
  prune: true
  sourceRef:
    kind: GitRepository
    name: main
`
