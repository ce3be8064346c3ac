import {
  array,
  assert,
  boolean,
  constantFrom,
  dictionary,
  integer,
  letrec,
  oneof,
  property,
} from 'fast-check'
import { expect, it } from 'vitest'
import { expand } from '../../src/flux/expand.ts'
import { substitute } from '../../src/flux/substitute.ts'
import type { Variables } from '../../src/flux/variables.ts'
import { idOf } from '../../src/kube/object.ts'
import { Source } from '../../src/text/source.ts'
import { nodeOf } from '../../src/yaml/make.ts'
import { parse } from '../../src/yaml/parse.ts'
import { print } from '../../src/yaml/print.ts'
import { type Json, valueOf } from '../../src/yaml/value.ts'

const leaf = array(
  constantFrom('${a}', '${b}', '${c:=d}', '$$', 'x', ': ', '- ', '1', '\n', '#', ' '),
  {
    maxLength: 4,
  },
).map(parts => parts.join(''))

const value = letrec(tie => ({
  node: oneof(
    { depthSize: 'small' },
    leaf,
    constantFrom('plain', 'two\nlines\n', 'yes'),
    integer(),
    boolean(),
    array(tie('node'), { maxLength: 3 }),
    dictionary(constantFrom('k', 'l', 'm', '${a}k'), tie('node'), { maxKeys: 3 }),
  ),
})).node

const text = constantFrom(
  '',
  'v',
  '7',
  'true',
  'a: b',
  '- q',
  '[',
  'http://h:80/p',
  '#',
  'x y',
  '~',
)

function isJson(one: unknown): one is Json {
  return typeof one !== 'function' && typeof one !== 'symbol' && one !== undefined
}

it('gives what substituting the whole printed object gives', () => {
  let compared = 0
  assert(
    property(value, text, text, (data, a, b) => {
      if (!isJson(data)) return
      const made = nodeOf({ apiVersion: 'v1', kind: 'X', metadata: { name: 'n' }, data })
      const root = parse(new Source('x.yaml', print(made)), 'v3').documents[0]?.root
      if (root?.kind !== 'map') return
      const byName = new Map(
        Object.entries({ a, b }).map(([name, one]) => [
          name,
          { value: one, at: undefined, secret: false },
        ]),
      )
      const variables: Variables = { byName, opaque: [] }
      const { object, findings } = substitute({ id: idOf(root), root }, variables, true)
      const whole = expand(print(root), name => byName.get(name)?.value, true)
      const read = parse(new Source('', whole.text), 'v2')
      const after = read.documents[0]?.root
      if (whole.refusals.length > 0 || after === undefined) expect(findings).not.toEqual([])
      else {
        expect(findings).toEqual([])
        expect(valueOf(object.root)).toEqual(valueOf(after))
        compared++
      }
    }),
    { numRuns: 1000, seed: 20260131 },
  )
  expect(compared).toBeGreaterThan(300)
})
