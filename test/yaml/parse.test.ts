import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Source } from '../../src/text/source.ts'
import { decode } from '../../src/yaml/decode.ts'
import { duplicates } from '../../src/yaml/duplicate.ts'
import { equal } from '../../src/yaml/equal.ts'
import { goJson } from '../../src/yaml/json.ts'
import { nodeOf } from '../../src/yaml/make.ts'
import type { Node } from '../../src/yaml/node.ts'
import { parse } from '../../src/yaml/parse.ts'
import { getIn, removeIn, setIn } from '../../src/yaml/path.ts'
import { print, tryPrint } from '../../src/yaml/print.ts'
import { type Json, valueOf } from '../../src/yaml/value.ts'
import { Random, hostileDocument } from './hostile.ts'
import { tameDocument } from './tame.ts'
import { parseText } from './tools.ts'

function rootOf(text: string, reader: 'v2' | 'v3' = 'v3'): Node {
  const { documents, problem } = parseText(text, reader)
  const root = documents[0]?.root
  if (root === undefined) throw new Error(problem?.message ?? 'empty')
  return root
}

function textAt(node: Node | undefined): string | undefined {
  return node?.source.text.slice(node.start, node.end)
}

/** Strings that survive JSON on its way through go-yaml v2: neither controls nor NEL nor odd halves. */
const anyText = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map(text => text.toWellFormed().replace(/[\x7f-\x9f\ufffe\uffff]/g, ' '))
const anyJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>(tie => ({
  json: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.constantFrom(
      'yes',
      '~',
      '',
      '1',
      '0x1F',
      '2001-01-01',
      '1:30',
      'a: b',
      '\n',
      ' a\n',
      'a\n\n',
      '- x',
      '#',
    ),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(
      anyText.filter(key => key !== '__proto__'),
      tie('json'),
      { maxKeys: 4 },
    ),
  ),
})).json

describe('reading and printing', () => {
  test('what is printed reads as what was meant, by both readers', () => {
    fc.assert(
      fc.property(anyJson, json => {
        const text = print(nodeOf({ k: json }))
        for (const reader of ['v2', 'v3'] as const) {
          // go-yaml folds v3 keys and texts anew; what it means stays.
          const back = valueOf(rootOf(text, reader))
          expect(goJson(back)).toBe(goJson({ k: json }))
        }
      }),
      { numRuns: 400 },
    )
  })

  test('printing what was printed changes nothing', () => {
    const random = new Random(5)
    for (let i = 0; i < 400; i++) {
      const first = parseText(tameDocument(random), 'v3').documents[0]?.root
      const text = first && tryPrint(first)
      if (text && 'text' in text) expect(print(rootOf(text.text))).toBe(text.text)
    }
  })

  test('no bytes are an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        const text = decode(bytes)
        const source = new Source('x', typeof text === 'string' ? text : text.text)
        for (const reader of ['v2', 'v3'] as const)
          for (const { root } of parse(source, reader).documents) if (root) tryPrint(root)
      }),
    )
    const random = new Random(7)
    for (let i = 0; i < 2000; i++) {
      const source = new Source('x', hostileDocument(random))
      for (const reader of ['v2', 'v3'] as const) {
        const { problem, documents } = parse(source, reader)
        for (const { root } of documents) if (root) valueOf(root)
        if (problem) expect(problem.start).toBeLessThanOrEqual(source.text.length)
      }
    }
  })
})

describe('spans', () => {
  test('a node spans what was written', () => {
    const root = rootOf('a: &x "q\\n"\nb:\n- 1 # c\n- {k: v}\nc: |\n  l1\n  l2\n\nd: !!str 5\n')
    expect(textAt(getIn(root, ['a']))).toBe('&x "q\\n"')
    expect(textAt(getIn(root, ['b', 0]))).toBe('1')
    expect(textAt(getIn(root, ['b', 1]))).toBe('{k: v}')
    expect(textAt(getIn(root, ['b']))).toBe('- 1 # c\n- {k: v}')
    expect(textAt(getIn(root, ['c']))).toBe('|\n  l1\n  l2')
    expect(textAt(getIn(root, ['d']))).toBe('!!str 5')
  })

  test('a span explains its node: read alone it means the same', () => {
    const random = new Random(9)
    const visit = (node: Node): void => {
      if (node.kind === 'list') node.items.forEach(visit)
      if (node.kind === 'map') node.values.forEach(visit)
      if (node.kind !== 'scalar' || node.start === node.end) return
      if (node.style === 'literal' || node.style === 'folded') return
      const alone = parseText(`[${textAt(node)}]`, 'v3').documents[0]?.root
      if (node.style !== 'plain')
        expect(alone?.kind === 'list' && alone.items[0]).toMatchObject({ text: node.text })
      else expect(textAt(node)?.endsWith(node.text.slice(-1))).toBe(true)
    }
    for (let i = 0; i < 300; i++)
      for (const { root } of parseText(tameDocument(random), 'v3').documents) if (root) visit(root)
  })

  test('an alias stands where its anchor was written', () => {
    const root = rootOf('a: &x 1\nb: *x\n')
    expect(getIn(root, ['b'])).toBe(getIn(root, ['a']))
  })

  test("a problem is where it is, its sentence go-yaml's", () => {
    const { problem } = parseText('a: 1\nb: c: d\n', 'v3')
    expect(problem?.message).toBe('yaml: line 2: mapping values are not allowed in this context')
    expect(problem?.source.position(problem.start)).toEqual({ line: 2, column: 5 })
  })

  test('comments are collected, those of separators too', () => {
    const text = '# a\nx: 1 # b\n--- # c\ny: "# no" # d\n'
    const { comments } = parseText(text, 'v3')
    expect(comments.map(({ start, end }) => text.slice(start, end)).sort()).toEqual([
      '# a',
      '# b',
      '# c',
      '# d',
    ])
  })

  test('text behind `...` is reported', () => {
    const text = 'a: 1\n...\n# c\nkind: Secret\n'
    const { ignored } = parseText(text, 'v3')
    expect(ignored && text.slice(ignored.start, ignored.end)).toBe('kind: Secret')
    expect(parseText('a: 1\n...\n', 'v3').ignored).toBeUndefined()
    expect(parseText('a: 1\n---\nb: 2\n', 'v2').ignored).toBeDefined()
  })
})

describe('readers', () => {
  test('keys that stand twice stay visible; the last wins in v2, the first answers in v3', () => {
    expect(valueOf(rootOf('a: 1\na: 2\n', 'v2'))).toEqual({ a: 2 })
    const v2 = rootOf('a: 1\na: 2\n', 'v2')
    expect(v2.kind === 'map' && v2.get('a')).toMatchObject({ text: '2' })
    expect(duplicates(rootOf('a: 1\nb: {c: 1, c: 2}\n')).map(one => one.key.text)).toEqual(['c'])
  })

  test('merges: v3 lets explicit keys win, v2 the last', () => {
    const text = 'x: &x {a: 1, b: 1}\nm: {b: 2, <<: *x}\n'
    expect(valueOf(rootOf(text, 'v3'))).toMatchObject({ m: { a: 1, b: 2 } })
    expect(valueOf(rootOf(text, 'v2'))).toMatchObject({ m: { a: 1, b: 1 } })
  })

  test('aliases do not explode, nor does depth', () => {
    let bomb = 'a0: &a0 [x]\n'
    for (let i = 1; i < 40; i++) bomb += `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]\n`
    expect(parseText(bomb, 'v3').problem?.message).toContain('excessive aliasing')
    for (const open of ['[', '{a: ', '- ', '? '])
      for (const reader of ['v2', 'v3'] as const)
        expect(parseText(open.repeat(100_000), reader).problem).toBeDefined()
    let chain = 'a0: &a0 [x]\n'
    for (let i = 1; i < 3000; i++) chain += `a${i}: &a${i} [*a${i - 1}]\n`
    expect(parseText(chain, 'v3').problem?.message).toContain('exceeded max depth')
  })

  test('time grows with length, not faster', () => {
    const shapes = [
      'a: b\n',
      '- [x, {y: z}]\n',
      '"q": "\\n\\t"\n',
      '# c\n',
      '  \n',
      '&a ',
      "''",
      'x ',
      '[',
      '|',
      '-\t',
      '"',
      ': ',
      '? ',
    ]
    for (const shape of shapes) {
      const text = shape.repeat(Math.ceil(200_000 / shape.length))
      const before = performance.now()
      parseText(text, 'v3')
      parseText(text, 'v2')
      expect(performance.now() - before, shape).toBeLessThan(4000)
    }
  })
})

describe('nodes', () => {
  test('setIn, removeIn and equal', () => {
    const root = rootOf('a: {b: [1, 2]}\nc: x\n')
    const one = nodeOf(7)
    const changed = setIn(root, ['a', 'b', 1], one)
    expect(changed && valueOf(changed)).toEqual({ a: { b: [1, 7] }, c: 'x' })
    expect(setIn(root, ['c', 'd'], one)).toBeUndefined()
    expect(valueOf(setIn(root, ['new', 'deep'], one) ?? root)).toMatchObject({ new: { deep: 7 } })
    expect(valueOf(removeIn(root, ['a', 'b', 0]))).toEqual({ a: { b: [2] }, c: 'x' })
    expect(equal(rootOf('{a: 1, b: 0x1}'), rootOf('b: 1\na: 1\n'))).toBe(true)
    expect(equal(rootOf('a: 1'), rootOf('a: "1"'))).toBe(false)
  })
})
