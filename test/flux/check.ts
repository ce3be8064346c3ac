import { loadSchemas } from '../../src/cli/schemas.ts'
import { buildModel } from '../../src/flux/build.ts'
import { readConfig } from '../../src/gate/config.ts'
import { judgeRequest } from '../../src/gate/gate.ts'
import type { Verdict } from '../../src/gate/verdict.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { testShell } from '../shell.ts'
import type { Files } from './layouts.ts'

/** All that `check` says of a repository; files under `CHARTS/` stand for the folder of `--charts`. */
export function check(files: Files, base?: Files): Verdict {
  const { tree, charts } = split(files)
  const shell = testShell()
  const read = readConfig(tree, () => shell.asset('schemas/config.schema.json'))
  if (!read.ok) throw new Error(read.reason)
  const { config } = read
  return judgeRequest(
    {
      tree,
      base: base && split(base).tree,
      config,
      schemas: loadSchemas(config, shell, tree),
      today: '2026-01-31',
      commits: [],
      model: one => buildModel(one, config, '', createBuilder, charts),
    },
    {},
    () => 0,
  )
}

function split(files: Files) {
  const parts = Map.groupBy(Object.entries(files), ([path]) => path.startsWith('CHARTS/'))
  const charts = (parts.get(true) ?? []).map(([path, text]) => [path.slice(7), text] as const)
  return {
    tree: memoryTree(Object.fromEntries(parts.get(false) ?? [])),
    charts: charts.length === 0 ? undefined : memoryTree(Object.fromEntries(charts)),
  }
}

/** Each finding as `code path:line`. */
export function places({ diagnostics }: Verdict): string[] {
  return diagnostics.map(
    ({ code, at }) => `${code} ${at.source.path}:${at.source.position(at.start).line}`,
  )
}
