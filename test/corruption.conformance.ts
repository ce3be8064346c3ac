import { beforeAll, describe, expect, it } from 'vitest'
import { validateFiles } from '../src/gate/validate/run.ts'
import { nodeOf } from '../src/yaml/make.ts'
import { print } from '../src/yaml/print.ts'
import type { Json } from '../src/yaml/value.ts'
import { readCases } from './apiserver/cases.ts'
import { judgeRoot, schemasOf } from './apiserver/judge.ts'
import { ask } from './yaml/compare.ts'
import { Random } from './yaml/hostile.ts'
import { buildReader } from './yaml/program.ts'

const COUNT = 1000
const marks = Buffer.from('{}[]:,"\'-# \n\t&*!|>%@`?\0\r')
const schemas = schemasOf('1.36')
/** Keys that stand twice are refused by strict decoding, not by this reader. */
const options = { schemas: new Map([['1.36', schemas]]), ignoreMissing: false, strictKeys: false }

interface Corrupted {
  readonly bytes: Uint8Array
  /** The line of the byte that was changed. */
  readonly line: number
}

/** Manifests that the server takes, written as YAML, with one byte changed. */
function corrupted(seed: number): Corrupted[] {
  const random = new Random(seed)
  const texts = readCases()
    .filter(one => one.op === 'seed' && one.ssa.code === 201 && one.object !== undefined)
    .map(({ object }) => {
      const plain: Json = JSON.parse(JSON.stringify(object))
      return print(nodeOf(plain))
    })
  return Array.from({ length: COUNT }, () => {
    const bytes = Buffer.from(texts[random.below(texts.length)] ?? '')
    const at = random.below(bytes.length)
    bytes[at] = random.chance(40) ? random.below(256) : (marks[random.below(marks.length)] ?? 0)
    return { bytes, line: bytes.subarray(0, at).toString('latin1').split('\n').length }
  })
}

/** What validate says of the only document: its own refusal to read, or a verdict. */
function judge(bytes: Uint8Array) {
  const verdicts = validateFiles([{ path: 'a.yaml', bytes }], options)
  const diagnostics = verdicts.flatMap(one => one.diagnostics)
  const unread = diagnostics.find(one => one.code === 'unparsable-yaml')
  return { unread, accept: diagnostics.every(one => one.level !== 'error') }
}

describe('manifests with one byte changed', () => {
  let program = ''
  beforeAll(() => {
    program = buildReader()
  })

  it.each([5, 6])('are read as go-yaml reads them, seed %i', seed => {
    const cases = corrupted(seed)
    const answers = ask(
      program,
      cases.map(one => one.bytes),
    )
    const wrong = cases.flatMap(({ bytes, line }, i) => {
      const v2 = answers[i]?.v2
      const { unread, accept } = judge(bytes)
      const shown = Buffer.from(bytes).toString('latin1')
      if (v2?.ok !== true) {
        if (unread === undefined) return [`accepted: ${v2?.error} ${shown}`]
        const theirs = Number(/line (\d+)/.exec(v2?.error ?? '')?.[1] ?? line)
        const ours = unread.at.source.position(unread.at.start).line
        const near = Math.abs(ours - theirs) <= 1 || Math.abs(ours - line) <= 1
        return near ? [] : [`line ${ours}: ${v2?.error} ${line} ${shown}`]
      }
      const value: Json = JSON.parse(v2.text ?? 'null')
      const root = nodeOf(value)
      const clean = root.kind === 'map' && judgeRoot(root, schemas).accept
      return clean === accept ? [] : [`${accept ? 'accepted' : 'refused'}: ${shown}`]
    })
    expect(wrong).toEqual([])
  })
})
