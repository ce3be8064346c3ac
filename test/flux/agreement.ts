import { makeArtifact } from '../../src/flux/artifact.ts'
import { expand } from '../../src/flux/expand.ts'
import { Files } from '../../src/flux/files.ts'
import { Lookup } from '../../src/flux/lookup.ts'
import { render } from '../../src/flux/render.ts'
import { collectVariables } from '../../src/flux/values.ts'
import { idOf } from '../../src/kube/object.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { Source } from '../../src/text/source.ts'
import { defaultConfig } from '../../src/tree/config.ts'
import { type Content, memoryTree } from '../../src/tree/memory.ts'
import type { Tree } from '../../src/tree/tree.ts'
import { parse } from '../../src/yaml/parse.ts'
import { print } from '../../src/yaml/print.ts'
import { type Answer, decodeText, type Question } from './referee.ts'

/** Where our answer is not Flux's: both answers; undefined where they agree. */
export function disagreement(question: Question, answer: Answer): unknown {
  const [mine, expected] = compare[question.op](question, answer)
  const isSame = JSON.stringify(mine) === JSON.stringify(expected)
  return isSame ? undefined : { question, mine, expected, error: answer.error }
}

type Pair = readonly [mine: unknown, expected: unknown]

const compare: Readonly<Record<Question['op'], (question: Question, answer: Answer) => Pair>> = {
  expand: ({ text = '', vars = {}, strict = false }, answer) => {
    const lookup = new Map(Object.entries(vars))
    const ours = expand(text, name => lookup.get(name), strict)
    const mine = ours.refusals[0]?.message ?? ours.text
    if (answer.stage === 'panic' && mine === 'slice bounds out of range') return [mine, mine]
    return [mine, answer.error ?? decodeText(answer.text) ?? 'yaml: invalid UTF-8']
  },
  ignore: ({ files = {}, ignore }, { kept = [] }) => {
    const source = new Source('spec', ignore ?? '')
    const own = ignore === undefined ? undefined : { text: ignore, place: () => source.span(0) }
    const { tree } = makeArtifact(memoryTree(withLinks(files)), '', own)
    return [keptIn(tree).sort(), [...withFolders(kept)].sort()]
  },
  build: (question, { error, resources = [], stage }) => [
    built(question),
    error === undefined ? { resources } : { stage: stage?.replace('generate', 'build') },
  ],
}

function withLinks(files: Readonly<Record<string, string>>): Record<string, Content> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      content.startsWith('->') ? { link: content.slice(2) } : content,
    ]),
  )
}

function keptIn(tree: Tree, folder = ''): string[] {
  return tree
    .list(folder)
    .flatMap(entry =>
      entry.kind === 'directory' ? [`${entry.path}/`, ...keptIn(tree, entry.path)] : [entry.path],
    )
}

/** An ignored folder with something in it comes back when the archive is unpacked. */
function withFolders(kept: readonly string[]): ReadonlySet<string> {
  const all = new Set(kept)
  for (const path of kept) {
    const parts = path.split('/').slice(0, -1)
    for (let n = 1; n <= parts.length; n++) all.add(`${parts.slice(0, n).join('/')}/`)
  }
  return all
}

/** What we make of a folder under a Kustomization: the printed objects, or the stage that refuses. */
function built({ files = {}, kustomization }: Question): unknown {
  const text = JSON.stringify(kustomization)
  const root = parse(new Source('flux.json', text), 'v3').documents[0]?.root
  if (root?.kind !== 'map') throw new Error('no kustomization')
  const object = { id: idOf(root), root }
  const artifact = makeArtifact(memoryTree(files), '', undefined)
  const { variables } = collectVariables(object, new Lookup(), defaultConfig)
  const out = render(object, { kind: 'here', root: '', artifact }, variables, {
    files: new Files(artifact.tree),
    strict: true,
    builderFor: () =>
      createBuilder(artifact.tree, { loadRestrictor: 'LoadRestrictionsNone', reorder: 'none' }),
  })
  if (out.build === undefined || out.build.error !== undefined) return { stage: 'build' }
  if (out.findings.some(one => one.code !== 'number-as-text')) return { stage: 'substitute' }
  return { resources: out.objects.map(one => print(one.root)) }
}
