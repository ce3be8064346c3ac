import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { diskTree } from '../../src/tree/disk.ts'
import { print } from '../../src/yaml/print.ts'
import { referee } from '../referees.ts'
import { row, type Row, summarize, timeCommand, type Timing } from './measure.ts'

const cli = `${process.execPath} ${resolve('dist/cli.js')}`
const sizes = [
  { size: 200, cold: 1, warm: 1 },
  { size: 1000, cold: 20, warm: 30 },
  { size: 2000, cold: 20, warm: 30 },
  { size: 4000, cold: 200, warm: 300 },
]

/** One overlay of many resources, and many overlays over shared bases, against the real kustomize. */
export function run(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bench-'))
  try {
    const inProcess = new Map<number, Timing>()
    const rows = sizes.flatMap(({ size, cold, warm }) => {
      const overlay = join(folder, String(size))
      writeOverlay(overlay, size)
      const started = timeCommand(`${cli} build ${overlay}`, 5)
      const inside = summarize(Array.from({ length: 5 }, () => timeBuild(folder, String(size))))
      inProcess.set(size, inside)
      tell(`${size} resources: ours ${started.median.toFixed(0)} ms; now kustomize`)
      const peer = timeCommand(`${referee('kustomize')} build ${overlay}`, size > 1000 ? 1 : 3)
      tell(`${size} resources: kustomize ${peer.median.toFixed(0)} ms`)
      return [
        row(`build of ${size} resources, cold`, started, peer, 'kustomize build', cold),
        row(`build of ${size} resources, after start`, inside, peer, 'kustomize build', warm),
      ]
    })
    return [...rows, ...doublings(inProcess), manyOverlays(join(folder, 'many'))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What twice the resources cost, as a share of the 2.3 times that are allowed. */
function doublings(times: ReadonlyMap<number, Timing>): Row[] {
  return [1000, 2000].flatMap(size => {
    const [once, twice] = [times.get(size), times.get(2 * size)]
    if (once === undefined || twice === undefined) return []
    const allowed = { ...once, median: once.median * 2.3 }
    return [row(`from ${size} to ${2 * size} resources`, twice, allowed, '2.3 times the half', 1)]
  })
}

function tell(line: string): void {
  process.stderr.write(`  ${line}\n`)
}

function timeBuild(folder: string, directory: string): number {
  const start = performance.now()
  const builder = createBuilder(diskTree(folder), {
    loadRestrictor: 'LoadRestrictionsRootOnly',
    reorder: undefined,
  })
  const { objects, error } = builder.build(directory)
  if (error !== undefined) throw new Error(error)
  objects.map(({ root }) => print(root)).join('---\n')
  return performance.now() - start
}

function manyOverlays(folder: string): Row {
  const overlays = Array.from({ length: 200 }, (_, i) => join(folder, `overlay-${i}`))
  for (let i = 0; i < 20; i++) writeOverlay(join(folder, `base-${i}`), 12)
  for (const [i, overlay] of overlays.entries())
    write(
      join(overlay, 'kustomization.yaml'),
      `resources: [../base-${i % 20}]\nnamespace: team-${i}\nnameSuffix: -${i}\n`,
    )
  write(join(folder, 'list'), overlays.join('\n'))
  const ours: Timing = timeCommand(`${cli} build - < ${join(folder, 'list')}`, 5)
  const peer = timeCommand(
    `while read -r one; do ${referee('kustomize')} build "$one" || exit 1; done < ${join(folder, 'list')}`,
    1,
  )
  return row('200 overlays over 20 bases, one process', ours, peer, 'a loop over kustomize', 30)
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
}

/** Deployments, Services, ConfigMaps and ServiceAccounts that refer to each other, every kind of change. */
function writeOverlay(folder: string, size: number): void {
  const documents = Array.from({ length: size / 4 }, (_, i) => application(i))
  write(join(folder, 'all.yaml'), documents.join('---\n'))
  write(
    join(folder, 'kustomization.yaml'),
    `resources: [all.yaml]
namespace: production
namePrefix: p-
labels:
- pairs: {team: blue}
  includeSelectors: true
images: [{name: nginx, newTag: "1.26"}]
configMapGenerator:
- name: shared
  literals: [a=b]
patches:
- target: {kind: Deployment}
  patch: |
    - {op: add, path: /spec/replicas, value: 2}
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: app-1}
    spec: {template: {spec: {containers: [{name: main, env: [{name: A, value: b}]}]}}}
`,
  )
}

function application(i: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: app-${i}}
spec:
  selector: {matchLabels: {app: app-${i}}}
  template:
    metadata: {labels: {app: app-${i}}}
    spec:
      serviceAccountName: account-${i}
      containers:
      - name: main
        image: nginx:1.25
        envFrom:
        - configMapRef: {name: config-${i}}
        - configMapRef: {name: shared}
        ports: [{containerPort: 80, name: http}]
---
apiVersion: v1
kind: Service
metadata: {name: app-${i}}
spec:
  selector: {app: app-${i}}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: config-${i}}
data: {a: "1", b: two words}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: account-${i}}
`
}
