import { describe, expect, it } from 'vitest'
import { buildModel } from '../../src/flux/build.ts'
import { drawGraph } from '../../src/flux/graph.ts'
import { readConfig } from '../../src/gate/config.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import type { Level } from '../../src/text/diagnostic.ts'
import { fleet } from '../bench/fleet.ts'
import { testShell } from '../shell.ts'

function modelOf(files: Record<string, string>) {
  const tree = memoryTree(files)
  const read = readConfig(tree, () => testShell().asset('schemas/config.schema.json'))
  if (!read.ok) throw new Error(read.reason)
  return buildModel(tree, read.config, '', createBuilder)
}

function draw(files: Record<string, string>, worst: (object: string) => Level | undefined) {
  return drawGraph(modelOf(files), worst)
}

const quiet = () => undefined

describe('the graph of 200 Kustomizations and 300 releases', () => {
  const files = fleet()
  const graph = draw(files, quiet)

  it('is one that Mermaid draws and people read', () => {
    expect(graph.length).toBeLessThan(50_000)
    expect(graph.match(/ (?:-->|==>|-\.->)/g)?.length).toBeLessThan(500)
    expect(graph.split('\n').length).toBeLessThan(100)
    expect(graph).toContain('2 HelmReleases')
    expect(graph).toMatch(/\d+ Kustomizations<br\/>own1, .* and \d+ more/)
  })

  it('keeps what has findings a node of its own, marked', () => {
    const bad = 'helm.toolkit.fluxcd.io/v2 HelmRelease own7/own7-cache'
    const marked = draw(files, object => (object === bad ? 'error' : undefined))
    const id = /(c0n\d+)\["Kustomization<br\/>own7<br\/>2 HelmReleases"\]/.exec(marked)?.[1]
    expect(id).toBeDefined()
    expect(marked).toContain(`  class ${id} error\n`)
  })

  it('does not depend on the order of files', () => {
    const turned = Object.fromEntries(Object.entries(files).toReversed())
    expect(draw(turned, quiet)).toBe(graph)
  })
})

it('renders a base once, however many overlays use it', () => {
  const releases = modelOf(fleet()).kustomizations.flatMap(one =>
    one.objects.filter(({ id }) => id.kind === 'HelmRelease' && id.name === 'shared3'),
  )
  const charts = releases.map(({ root }) => {
    const spec = root.get('spec')
    return spec?.kind === 'map' ? spec.get('chart') : undefined
  })
  expect(charts).toHaveLength(5)
  expect(new Set(charts).size).toBe(1)
})
