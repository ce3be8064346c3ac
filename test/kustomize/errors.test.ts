import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { diskTree } from '../../src/tree/disk.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { cases, optionsOf, rootOf } from './cases.ts'

const SECRET = 'hunter2'
const secret = `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {word: ${SECRET}}\n`
const base = { 'base/kustomization.yaml': 'resources: [s.yaml]\n', 'base/s.yaml': secret }
const patch = (text: string) => `patches:\n- target: {kind: Secret}\n  patch: |-\n${text}`

/** Trees that kustomize refuses, each with a secret in what it refuses; where, and in which words. */
const refused: readonly (readonly [string, Readonly<Record<string, string>>, string, string])[] = [
  [
    'a key that is no text',
    { 'base/s.yaml': secret.replace('word', '1') },
    'base/s.yaml:4',
    'unsupported type: map[interface {}]interface {}',
  ],
  [
    'a doubled key',
    { 'base/s.yaml': `${secret}kind: ${SECRET}\n` },
    'base/s.yaml:5',
    'already defined',
  ],
  [
    'a patch that is none',
    { 'over/kustomization.yaml': patch(`    word: ${SECRET}\n    - x\n`) },
    'over/kustomization.yaml:4',
    'unable to parse SM or JSON patch',
  ],
  [
    'two patches with a target',
    { 'over/kustomization.yaml': patch(`${secret}---\n${secret}`.replace(/^/gm, '    ')) },
    'over/kustomization.yaml:4',
    'Multiple Strategic-Merge Patches',
  ],
  [
    'a JSON patch without a target',
    {
      'over/kustomization.yaml': `patches:\n- patch: |-\n    - {op: add, path: /stringData/x, value: ${SECRET}}\n`,
    },
    'over/kustomization.yaml:3',
    'must specify a target for JSON patch',
  ],
  [
    'a test that fails',
    {
      'over/kustomization.yaml': patch(
        `    - {op: test, path: /stringData/word, value: not-${SECRET}}\n`,
      ),
    },
    'over/kustomization.yaml:5',
    'testing value /stringData/word failed',
  ],
  [
    'a map over a text',
    {
      'over/kustomization.yaml': patch(
        secret.replace(SECRET, `{x: ${SECRET}}`).replace(/^/gm, '    '),
      ),
    },
    'over/kustomization.yaml:8',
    'wrong node kind',
  ],
  [
    'a literal without a value',
    { 'over/kustomization.yaml': `secretGenerator:\n- name: g\n  literals:\n  - ${SECRET}\n` },
    'over/kustomization.yaml:5',
    'invalid literal source',
  ],
  [
    'a key that comes twice',
    {
      'over/kustomization.yaml': `secretGenerator:\n- name: g\n  literals:\n  - a=${SECRET}\n  - a=${SECRET}\n`,
    },
    'over/kustomization.yaml:6',
    'illegally repeats the key',
  ],
]

describe('what an error says', () => {
  it.each(refused)('%s: the place and the words, never the secret', (_, files, place, words) => {
    const over = files['over/kustomization.yaml'] ?? ''
    const tree = memoryTree({
      ...base,
      ...files,
      'over/kustomization.yaml': `resources: [../base]\n${over}`,
    })
    const options = { loadRestrictor: 'LoadRestrictionsRootOnly', reorder: undefined } as const
    const { error, findings } = createBuilder(tree, options).build('over')
    expect(error).toContain(words)
    const last = findings.at(-1)
    const { line = 0, column = 0 } = last?.at.source.position(last.at.start) ?? {}
    expect(`${last?.at.source.path}:${line}`).toBe(place)
    expect(column).toBeGreaterThan(0)
    expect(JSON.stringify([error, findings.map(one => [one.message, one.help])])).not.toContain(
      SECRET,
    )
  })

  it('names the bases that led there', () => {
    const tree = memoryTree({
      'a/kustomization.yaml': 'resources:\n- ../b\n',
      'b/kustomization.yaml': 'namePrefix: x-\nresources:\n- ../c\n',
      'c/kustomization.yaml': 'resources: [none.yaml]\n',
    })
    const options = { loadRestrictor: 'LoadRestrictionsNone', reorder: undefined } as const
    const [finding] = createBuilder(tree, options).build('a').findings
    const chain = (finding?.related ?? []).map(
      ({ span }) => `${span.source.path}:${span.source.position(span.start).line}`,
    )
    expect(finding?.at.source.path).toBe('c/kustomization.yaml')
    expect(chain).toEqual(['b/kustomization.yaml:3', 'a/kustomization.yaml:2'])
  })

  it('is what kustomize says, to the letter, in more than half of the recorded refusals', () => {
    const refusals = cases().filter(one => existsSync(join(one.directory, 'error')))
    const alike = refusals.filter(one => {
      const said = readFileSync(join(one.directory, 'error'), 'utf8').trim()
      const loadRestrictor = optionsOf(one).includes('LoadRestrictionsNone')
        ? 'LoadRestrictionsNone'
        : 'LoadRestrictionsRootOnly'
      const builder = createBuilder(diskTree(one.directory), { loadRestrictor, reorder: undefined })
      const { error } = builder.build(rootOf(one).slice(one.directory.length + 1))
      // The trees were recorded at the root of the disk.
      return `Error: ${error}` === said.replaceAll("'/in", "'in").replaceAll(' /in', ' in')
    })
    expect(alike.length).toBeGreaterThan(refusals.length / 2)
  })
})
