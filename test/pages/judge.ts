import { buildModel } from '../../src/flux/build.ts'
import { judgeRequest } from '../../src/gate/gate.ts'
import type { Verdict } from '../../src/gate/verdict.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { readConfig } from '../../src/gate/config.ts'
import { loadSchemas } from '../../src/cli/schemas.ts'
import type { Commit } from '../../src/commits/commit.ts'
import { Source } from '../../src/text/source.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { testShell } from '../shell.ts'
import type { Example } from './page.ts'

/** What stands around an example that brings no Flux Kustomization: one that applies `./apps`. */
const CLUSTER = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 5m
  url: https://github.com/example/repository
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 5m
  path: ./apps
  prune: true
  targetNamespace: default
  sourceRef:
    kind: GitRepository
    name: flux-system
`

export interface Said {
  readonly code: string
  readonly level: string
  readonly message: string
  readonly path: string
  readonly line: number
}

/** What the gate says of an example, as `check` would. */
export function verdictOf(example: Example): Verdict {
  const { charts, files } = split(example.files)
  const tree = memoryTree(withCluster(files))
  const base = example.base === undefined ? undefined : memoryTree(withCluster(example.base))
  const shell = testShell()
  const read = readConfig(tree, () => shell.asset('schemas/config.schema.json'))
  if (!read.ok) throw new Error(read.reason)
  const { config } = read
  return judgeRequest(
    {
      tree,
      base,
      config,
      schemas: loadSchemas(config, shell),
      today: '2026-01-31',
      commits: example.commits.map(commitOf),
      touched: new Map(example.commits.map((_, at) => [shaOf(at), Object.keys(example.files)])),
      model: one => buildModel(one, config, '', createBuilder, charts),
    },
    {},
    () => 0,
  )
}

/** Runs all checks over an example. */
export function judgeExample(example: Example): readonly Said[] {
  const verdict = verdictOf(example)
  if (verdict.incomplete !== undefined) throw new Error(verdict.incomplete)
  return verdict.diagnostics.map(({ code, level, message, at }) => ({
    code,
    level,
    message,
    path: at.source.owner.commit ? `commit ${Number(at.source.owner.commit)}` : at.source.path,
    line: at.source.position(at.start).line,
  }))
}

type Files = Example['files']

/** Files under `CHARTS/` stand for the folder of `--charts`. */
function split(all: Files) {
  const inCharts = ([path]: readonly [string, Files[string]]) => path.startsWith('CHARTS/')
  const entries = Object.entries(all)
  const charts = entries.filter(inCharts).map(([path, text]) => [path.slice(7), text] as const)
  return {
    charts: charts.length === 0 ? undefined : memoryTree(Object.fromEntries(charts)),
    files: Object.fromEntries(entries.filter(one => !inCharts(one))),
  }
}

function withCluster(files: Files): Files {
  const hasFlux = Object.values(files).some(
    text =>
      typeof text === 'string' && /kustomize\.toolkit\.fluxcd\.io|fluxcd\.controlplane/.test(text),
  )
  return hasFlux ? { ...files } : { 'clusters/test/flux.yaml': CLUSTER, ...files }
}

function shaOf(index: number): string {
  return String(index).padStart(40, '0')
}

function commitOf({ text, isMerge }: Example['commits'][number], index: number): Commit {
  const sha = shaOf(index)
  const person = { name: 'Ada', email: 'ada@example.com', time: 0 }
  const message = new Source('', text, { commit: sha, in: 'message' })
  const parents = isMerge ? ['0'.repeat(40), '1'.repeat(40)] : ['0'.repeat(40)]
  return { sha, parents, author: person, committer: person, message }
}
