import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../src/tree/config.ts'
import { buildModel } from '../../src/flux/build.ts'
import { drawGraph } from '../../src/flux/graph.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { check, places } from './check.ts'
import { kustomization, layouts } from './layouts.ts'
import { workTree } from '../../src/tree/disk.ts'
import { workingRepositories } from './working.ts'

describe('working repositories', () => {
  it.each(workingRepositories().map(one => [one.name, one] as const))('%s', (_, one) => {
    const verdict = check(one.files)
    expect(verdict.incomplete).toBeUndefined()
    expect(verdict.checked.objects).toBeGreaterThan(0)
    const said = verdict.diagnostics.map(({ level }, i) => `${level} ${places(verdict)[i]}`)
    expect(said.sort()).toEqual(one.notes.map(note => `note ${note}`).sort())
    const unknown = verdict.diagnostics.filter(note => note.code !== 'unparsable-yaml')
    if (unknown.length > 0) expect(verdict.checked.skipped).not.toEqual([])
    for (const note of unknown) expect(note.help).toMatch(/\w+: (\[|true)|`fluxgate |nothing in/)
  })

  it.each(layouts.map(layout => [layout.name, layout] as const))('%s', (_, layout) => {
    const one = `${layout.folder}/ns.yaml`
    const files = layout.make([kustomization(layout, layout.app, layout.path)], {
      [one]: `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${layout.namespace}\n`,
    })
    expect(check(files).diagnostics).toEqual([])
  })
})

describe('the graph of this repository', () => {
  it('shows ingress-nginx once, the apps in staging and in production', () => {
    const config = { ...defaultConfig, entryPoints: ['clusters/aks-cluster'] }
    const graph = drawGraph(buildModel(workTree('.'), config, '', createBuilder), () => undefined)
    expect(graph.match(/HelmRelease<br\/>ingress-nginx/g)).toHaveLength(1)
    expect(graph.match(/Deployment<br\/>audiobookshelf/g)).toHaveLength(2)
    expect(graph.match(/Deployment<br\/>cloudflared/g)).toHaveLength(2)
    expect(graph).toBe(
      drawGraph(buildModel(workTree('.'), config, '', createBuilder), () => undefined),
    )
  })
})
