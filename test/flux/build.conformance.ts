import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeArtifact } from '../../src/flux/artifact.ts'
import { Files } from '../../src/flux/files.ts'
import { Lookup } from '../../src/flux/lookup.ts'
import { render } from '../../src/flux/render.ts'
import { collectVariables } from '../../src/flux/values.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { idOf } from '../../src/kube/object.ts'
import { Source } from '../../src/text/source.ts'
import { defaultConfig } from '../../src/tree/config.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { parse } from '../../src/yaml/parse.ts'
import { print } from '../../src/yaml/print.ts'
import { askFlux } from './referee.ts'
import { type Sample, samples } from './trees.ts'

const RUNS = Number(process.env['FLUXGATE_RUNS'] ?? 2_000)

interface Outcome {
  readonly resources?: readonly string[]
  readonly stage?: string
  readonly why?: string
}

/** What we make of a sample: the printed objects, or the stage that refuses. */
function ours({ files, kustomization }: Sample): Outcome {
  const text = JSON.stringify(kustomization)
  const root = parse(new Source('flux.json', text), 'v3').documents[0]?.root
  if (root?.kind !== 'map') throw new Error('no kustomization')
  const object = { id: idOf(root), root }
  const tree = memoryTree(files)
  const artifact = makeArtifact(tree, '', undefined)
  const { variables } = collectVariables(object, new Lookup(), defaultConfig)
  const out = render(object, { kind: 'here', root: '', artifact }, variables, {
    files: new Files(artifact.tree),
    strict: true,
    builderFor: () =>
      createBuilder(artifact.tree, { loadRestrictor: 'LoadRestrictionsNone', reorder: 'none' }),
  })
  if (out.build === undefined) return { stage: 'build' }
  if (out.build.error !== undefined) return { stage: 'build', why: out.build.error }
  if (out.findings.some(one => one.code !== 'number-as-text')) return { stage: 'substitute' }
  return { resources: out.objects.map(one => print(one.root)) }
}

test('random folders and specs become the objects that Flux makes of them', () => {
  const all = fc.sample(samples, RUNS)
  const answers = askFlux(
    all.map(({ files, kustomization }) => ({
      op: 'build',
      files,
      path: 'apps',
      kustomization,
      strict: true,
    })),
  )
  const wrong: unknown[] = []
  let built = 0
  for (const [i, sample] of all.entries()) {
    const { stage, error, resources = [], manifest } = answers[i] ?? {}
    const { why, ...mine } = ours(sample)
    if (error === undefined) built++
    const expected =
      error === undefined ? { resources } : { stage: stage?.replace('generate', 'build') }
    if (JSON.stringify(mine) !== JSON.stringify(expected))
      wrong.push({ ...sample, mine, why, expected, error, manifest })
  }
  expect(wrong.slice(0, 2)).toEqual([])
  expect(built).toBeGreaterThan(RUNS / 4)
})
