import { expect, test } from 'vitest'
import { Source } from '../../src/text/source.ts'
import { readDocument } from '../../src/yaml/document.ts'
import type { Node } from '../../src/yaml/node.ts'
import { Quick } from '../../src/yaml/quick.ts'
import { Random, hostileDocument, mutate } from './hostile.ts'
import { tameDocument } from './tame.ts'

const scalars = [
  'a',
  'x y',
  '1',
  '1.50',
  'yes',
  '~',
  'http://x/y?z',
  'a:b',
  'a#b',
  '-1',
  '"q"',
  '"a: b # c"',
  "'s t'",
  '""',
  '[]',
  '{}',
  '[a, "b", c d]',
  '{a: b, "c": [1, {d: e}]}',
  '{a: b c, d: -1}',
  '$(X)',
  '/bin/sh',
  'é',
  '*.x',
  '!t x',
  '&a x',
  '...',
  'a ',
  '--flag=x',
  '-x',
  '---',
  '--',
  '-#',
  'x # c',
  '"q" # c',
  '[a,\n  b]',
  '{a}',
  '[a: b]',
  '{a: }',
  'a\n  b',
] as const

/** What manifests are made of, now and then a line off its place. */
function manifest(random: Random, depth: number, indent: string): string {
  const list = random.chance(35)
  let out = ''
  for (let i = random.below(4); i >= 0; i--) {
    if (random.chance(10))
      out += random.pick(['# c\n', '\n', `${indent}# c\n`, '   \n', '    # c\n'])
    const shift = random.chance(97) ? indent : `${indent}${random.pick([' ', '  '])}`
    const head = list
      ? '-'
      : `${random.pick(['a', 'name', 'x.y/z', '"q"', "'s'", 'b-c', '<<', 'k k'])}:`
    const item =
      list && random.chance(40) ? ` ${random.pick(['k', '"q"'])}: ${random.pick(scalars)}` : ''
    out += `${shift}${head}${item === '' ? value(random, depth, indent) : `${item}\n${random.chance(50) ? `${indent}  m: 1\n` : ''}`}`
  }
  return out
}

function value(random: Random, depth: number, indent: string): string {
  if (depth > 0 && random.chance(50)) {
    const deeper = random.chance(15) ? indent : `${indent}  `
    return `${random.chance(10) ? ' # c' : ''}\n${manifest(random, depth - 1, deeper)}`
  }
  if (random.chance(12)) {
    const lines = [`${indent}  l1`, '', `${indent}    l2`, `${indent}  # l3`, indent, `${indent} `]
    const body = Array.from({ length: random.below(5) }, () => random.pick(['', ...lines] as const))
    return ` ${random.pick(['|', '|-', '|+', '>', '|2'])}\n${body.map(line => `${line}\n`).join('')}`
  }
  return `${random.chance(90) ? ` ${random.pick(scalars)}` : ''}\n`
}

function shape(node: Node | undefined): unknown {
  if (node === undefined) return undefined
  const at = `${node.start}-${node.end}`
  if (node.kind === 'scalar') return [at, node.style, node.tag, node.text]
  if (node.kind === 'list') return [at, node.flow, node.items.map(shape)]
  return [at, node.flow, node.keys.map((key, i) => [shape(key), shape(node.values[i])])]
}

test('what the quick reader reads, the exact one reads alike; the rest it leaves alone', () => {
  const random = new Random(3)
  let read = 0
  for (let i = 0; i < 12_000; i++) {
    const kind = random.below(10)
    let text =
      kind === 0
        ? hostileDocument(random)
        : kind === 1
          ? tameDocument(random)
          : manifest(random, 3, '')
    if (random.chance(20)) text = mutate(random, text)
    if (random.chance(5)) text = `---\n${text}`
    if (random.chance(10)) text = text.trimEnd()
    if (/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(text)) continue
    const source = new Source('x', text)
    for (const reader of ['v2', 'v3'] as const) {
      const quick = new Quick(source, 0, text.length, reader)
      const root = quick.document()
      if (root === undefined) continue
      read++
      const exact = readDocument(source, 0, text.length, reader, undefined)
      expect({
        text,
        root: shape(root),
        comments: quick.comments,
        problem: undefined,
        end: text.length,
      }).toEqual({
        text,
        root: shape(exact.root),
        comments: exact.comments,
        problem: exact.syntax ?? exact.meaning,
        end: exact.end,
      })
    }
  }
  // Otherwise the comparison says nothing.
  expect(read).toBeGreaterThan(2500)
})
