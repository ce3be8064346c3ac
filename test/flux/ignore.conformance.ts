import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeArtifact } from '../../src/flux/artifact.ts'
import { Source } from '../../src/text/source.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import type { Tree } from '../../src/tree/tree.ts'
import { askFlux } from './referee.ts'

const RUNS = Number(process.env['FLUXGATE_RUNS'] ?? 2_000)

const NAMES =
  'apps clusters base a.yaml b.yml README.md x.png .github .git .sops.yaml deploy staging k8s file ' +
  'é.yaml .drone.yml a[b] prod*'
const name = fc.constantFrom('sp ace', ...NAMES.split(' '))
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map(names => names.join('/'))
const WILD = '* ** ? *.yaml [a-c]* *.y?ml a\\* [ [^a]* *b* *** x**'
const wild = fc.constantFrom('', ...WILD.split(' '))
const segment = fc.oneof({ weight: 3, arbitrary: name }, { weight: 2, arbitrary: wild })
const rule = fc
  .tuple(
    fc.constantFrom('', '', '', '!', '!', '#', ' '),
    fc.constantFrom('', '', '/'),
    fc.array(segment, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/')),
    fc.constantFrom('', '', '/', ' ', '\\ ', '  ', '\r'),
  )
  .map(parts => parts.join(''))
const rules = fc.array(rule, { maxLength: 5 }).map(lines => lines.join('\n'))

const repository = fc.record({
  files: fc.uniqueArray(path, { minLength: 1, maxLength: 12 }),
  ignores: fc.array(fc.tuple(fc.oneof(fc.constant(''), path), rules), { maxLength: 2 }),
  spec: fc.option(rules, { nil: undefined }),
})

/** Files only where no file is also a folder. */
function layOut(paths: readonly string[], ignores: readonly (readonly [string, string])[]) {
  const files: Record<string, string> = {}
  const add = (path: string, content: string) => {
    const known = Object.keys(files)
    if (known.some(other => other.startsWith(`${path}/`) || path.startsWith(`${other}/`))) return
    files[path] = content
  }
  for (const path of paths) add(path, 'x')
  for (const [folder, text] of ignores)
    add(folder ? `${folder}/.sourceignore` : '.sourceignore', text)
  return files
}

function kept(tree: Tree, folder = ''): string[] {
  return tree
    .list(folder)
    .flatMap(entry =>
      entry.kind === 'directory' ? [`${entry.path}/`, ...kept(tree, entry.path)] : [entry.path],
    )
}

test('random repositories become the artifacts that Flux makes', () => {
  const samples = fc.sample(repository, RUNS).map(({ files, ignores, spec }) => ({
    files: layOut(files, ignores),
    spec,
  }))
  const answers = askFlux(
    samples.map(({ files, spec }) => ({
      op: 'ignore',
      files,
      ...(spec === undefined ? {} : { ignore: spec }),
    })),
  )
  const wrong: unknown[] = []
  for (const [i, { files, spec }] of samples.entries()) {
    const source = new Source('spec', spec ?? '')
    const ignore = spec === undefined ? undefined : { text: spec, place: () => source.span(0) }
    const { tree } = makeArtifact(memoryTree(files), '', ignore)
    const got = new Set(kept(tree))
    // An ignored folder with something in it comes back when the archive is unpacked.
    const expected = new Set(answers[i]?.kept)
    for (const path of answers[i]?.kept ?? []) {
      const parts = path.split('/').slice(0, -1)
      for (let n = 1; n <= parts.length; n++) expected.add(`${parts.slice(0, n).join('/')}/`)
    }
    if ([...expected].sort().join() !== [...got].sort().join())
      wrong.push({ files, spec, expected: [...expected].sort(), got: [...got].sort() })
  }
  expect(wrong.slice(0, 3)).toEqual([])
})
