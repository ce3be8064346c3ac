import { describe, expect, it } from 'vitest'
import { checks } from '../../src/checks/index.ts'
import { loadSchemas } from '../../src/cli/schemas.ts'
import { buildModel } from '../../src/flux/build.ts'
import { readConfig } from '../../src/gate/config.ts'
import { judgeRequest } from '../../src/gate/gate.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { testShell } from '../shell.ts'
import { causes } from './causes.ts'
import { type Files, layouts } from './layouts.ts'

/** Files under `CHARTS/` stand for the folder of `--charts`. */
function split(files: Files) {
  const parts = Map.groupBy(Object.entries(files), ([path]) => path.startsWith('CHARTS/'))
  const charts = (parts.get(true) ?? []).map(([path, text]) => [path.slice(7), text] as const)
  return {
    tree: memoryTree(Object.fromEntries(parts.get(false) ?? [])),
    charts: charts.length === 0 ? undefined : memoryTree(Object.fromEntries(charts)),
  }
}

const secrets = new Set(checks.filter(one => one.group === 'secrets').map(one => one.code))

/** Everything but what is said of secrets: their values are made up here. */
function judge(files: Files, base?: Files): string[] {
  const { tree, charts } = split(files)
  const shell = testShell()
  const read = readConfig(tree, () => shell.asset('schemas/config.schema.json'))
  if (!read.ok) throw new Error(read.reason)
  const { config } = read
  const verdict = judgeRequest(
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
  expect(verdict.incomplete).toBeUndefined()
  return verdict.diagnostics
    .filter(one => !secrets.has(one.code))
    .map(({ code, at }) => `${code} ${at.source.path}:${at.source.position(at.start).line}`)
}

function lineOf(files: Files, path: string, needle: string): number {
  const text = files[path]
  if (typeof text !== 'string') throw new Error(`no file ${path}`)
  return text.split('\n').findIndex(line => line.includes(needle)) + 1
}

describe.each(layouts.map(layout => [layout.name, layout] as const))('%s', (_, layout) => {
  it.each(causes.map(cause => [cause.name, cause] as const))('%s', (_, cause) => {
    const { broken, fixed, base, code, at } = cause.make(layout)
    const [path, needle] = at
    const holder = broken[path] === undefined && base ? base : broken
    const found = judge(broken, base)
    expect(found).toEqual([
      `${code || found[0]?.split(' ')[0]} ${path}:${lineOf(holder, path, needle)}`,
    ])
    expect(judge(fixed, base)).toEqual([])
  })
})
