import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadSchemas } from '../src/cli/schemas.ts'
import { buildModel } from '../src/flux/build.ts'
import { judgeRequest } from '../src/gate/gate.ts'
import { createBuilder } from '../src/kustomize/builder.ts'
import type { Diagnostic } from '../src/text/diagnostic.ts'
import { defaultConfig } from '../src/tree/config.ts'
import { memoryTree } from '../src/tree/memory.ts'
import type { Tree } from '../src/tree/tree.ts'
import { type MistakeKind, referenceSites, type Site, sitesOf } from './mutations/sites.ts'
import { testShell } from './shell.ts'

const SEED = Number(process.env['SEED'] ?? 20_260_131)
const kinds: readonly MistakeKind[] = ['field', 'type', 'missing', 'enum', 'path', 'source']
const perKind = 50

const files = Object.fromEntries(['clusters', 'apps'].flatMap(readFiles))
const config = { ...defaultConfig, entryPoints: ['clusters/aks-cluster'] }
const schemas = loadSchemas(config, testShell())
const modelOf = (tree: Tree) => buildModel(tree, config, '', createBuilder)

function judge(changed: Readonly<Record<string, string>>): readonly Diagnostic[] {
  const tree = memoryTree({ ...files, ...changed })
  const verdict = judgeRequest(
    { tree, base: undefined, config, schemas, today: '2026-01-31', commits: [], model: modelOf },
    {},
    () => 0,
  )
  expect(verdict.incomplete).toBeUndefined()
  return verdict.diagnostics.filter(one => one.level === 'error')
}

describe('single random mistakes in this repository', () => {
  const model = modelOf(memoryTree(files))
  const sites = model.kustomizations
    .flatMap(one => [one.object, ...one.objects])
    .flatMap(object => [...sitesOf(object), ...referenceSites(object)])
    .filter(site => site.path in files)
  const random = generator(SEED)

  it('has nothing to say of the tree as it is', () => {
    expect(judge({})).toEqual([])
  })

  it.each(kinds)(`catches each of ${perKind} mistakes of kind %s on its line`, kind => {
    const candidates = sites.filter(site => site.kind === kind)
    expect(candidates.length).toBeGreaterThan(2)
    const missed: string[] = []
    for (let i = 0; i < perKind; i++) {
      const site = candidates[Math.floor(random() * candidates.length)]
      if (site !== undefined && !isCaught(site)) missed.push(describeMiss(site))
    }
    expect(missed).toEqual([])
  })
})

function isCaught(site: Site): boolean {
  return errorsOf(site).some(one => one.at.source.path === site.path && lineOf(one) === site.line)
}

function errorsOf(site: Site): readonly Diagnostic[] {
  return judge({ [site.path]: site.change(files[site.path] ?? '') })
}

function describeMiss(site: Site): string {
  const said = errorsOf(site).map(
    one => `${one.at.source.path}:${lineOf(one)} ${one.code}: ${one.message}`,
  )
  return `${site.path}:${site.line} ${site.what}; said: ${said.join(' | ') || 'nothing'}`
}

function lineOf({ at }: Diagnostic): number {
  return at.source.position(at.start).line
}

function readFiles(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => {
      const path = `${entry.parentPath}/${entry.name}`
      return [path, readFileSync(path, 'utf8')]
    })
}

/** mulberry32: the same mistakes for the same seed. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
