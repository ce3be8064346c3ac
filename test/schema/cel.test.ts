import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isRecord, readBundle, readList, readText } from '../../src/schema/bundle.ts'
import { compile, withRe2 } from '../../src/schema/cel/environment.ts'
import { createSchemas, type Schemas } from '../../src/schema/schemas.ts'
import { Source } from '../../src/text/source.ts'
import type { MapNode } from '../../src/yaml/node.ts'
import { parse } from '../../src/yaml/parse.ts'

function rulesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(rulesIn)
  if (!isRecord(value)) return []
  const own = readList(value, 'x-kubernetes-validations').filter(isRecord)
  return [...own.map(rule => readText(rule, 'rule')), ...Object.values(value).flatMap(rulesIn)]
}

describe("the rules of Flux's CRDs", () => {
  const bundle = readBundle(readFileSync('schemas/flux-2.9.json', 'utf8'))
  const rules = [...new Set(rulesIn(bundle.types))]

  it('are found', () => {
    expect(rules.length).toBeGreaterThan(20)
  })

  it.each(rules)('compile: %s', rule => {
    expect(compile(rule).check().error?.message).toBeUndefined()
  })
})

const self = {
  list: [3n, 1n, 2n],
  names: ['a', 'b'],
  text: 'web-1.example.com',
  map: new Map([['k', 'v']]),
  cpu: '500m',
  address: '10.1.2.3',
}

describe("the server's libraries", () => {
  it.each([
    ['quantity("1Gi").isGreaterThan(quantity("500Mi"))', true],
    ['quantity("1") == quantity("1000m")', true],
    ['quantity(self.cpu).add(quantity("500m")).asInteger()', 1n],
    ['isQuantity("1gb")', false],
    ['ip(self.address).family()', 4n],
    ['ip("::ffff").isLoopback()', false],
    ['ip.isCanonical("2001:DB8::1")', false],
    ['cidr("10.0.0.0/8").containsIP(self.address)', true],
    ['cidr("10.0.0.0/8").containsCIDR("10.1.0.0/16")', true],
    ['string(cidr("10.1.2.3/8").masked())', '10.0.0.0/8'],
    ['isCIDR("10.0.0.0")', false],
    ['url("https://a.example:8443/x?q=1").getPort()', '8443'],
    ['url("https://a.example:8443/x").getHostname()', 'a.example'],
    ['isURL("not a url")', false],
    ['self.list.sum()', 6n],
    ['self.list.isSorted()', false],
    ['self.list.max() == 3 && self.list.min() == 1', true],
    ['self.names.indexOf("b")', 1n],
    ['sets.contains(self.names, ["a"])', true],
    ['sets.equivalent(["b", "a"], self.names)', true],
    ['sets.intersects(self.names, ["c"])', false],
    ['math.greatest(1, 3)', 3n],
    ['self.text.matches("^web-[0-9]+\\\\.")', true],
    ['self.text.find("[0-9]+")', '1'],
    ['self.text.replace("web", "app")', 'app-1.example.com'],
    ['"%s has %d".format([self.text, 3])', 'web-1.example.com has 3'],
    ['format.dns1123Label().validate("A_b").hasValue()', true],
    ['semver("1.2.3").isLessThan(semver("1.10.0"))', true],
    ['isSemver("v1.2")', false],
    ['self.?none.orValue("x")', 'x'],
    ['has(self.map.k) && self.map["k"] == "v"', true],
    ['self.list.exists(x, x > 2) && self.names.all(x, x < "c")', true],
  ])('%s', (rule, value) => {
    expect(compile(rule)({ self })).toEqual(value)
  })

  it('leaves texts alone that only look like a call', () => {
    expect(withRe2(`"a.matches(b)" + r'.matches(' + self.a.matches("x")`)).toBe(
      `"a.matches(b)" + r'.matches(' + self.a.matchesRE2("x")`,
    )
  })
})

function schemasWith(schema: string): Schemas {
  const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: ${schema}}}
`
  return createSchemas([]).withCrds([rootOf(crd)])
}

function rootOf(text: string): MapNode {
  const root = parse(new Source('a.yaml', text), 'v3').documents[0]?.root
  if (root?.kind !== 'map') throw new Error('no map')
  return root
}

function judge(schema: string, spec: string): string[] {
  const root = rootOf(`apiVersion: example.com/v1\nkind: Widget\nspec: ${spec}\n`)
  return schemasWith(schema)
    .check(root, 'example.com', 'v1', 'Widget')
    .map(one => one.message)
}

const spec = (inner: string): string => `{type: object, properties: {spec: ${inner}}}`

describe('rules in schemas', () => {
  it.each([
    [
      'see defaults',
      spec(
        '{type: object, properties: {n: {type: integer, default: 5}}, x-kubernetes-validations: [{rule: self.n < 5, message: small}]}',
      ),
      '{}',
      ['spec: Invalid value: small'],
    ],
    [
      'name fields by escaped words',
      spec(
        '{type: object, properties: {namespace: {type: string}}, x-kubernetes-validations: [{rule: "self.__namespace__ == \'a\'"}]}',
      ),
      '{namespace: b}',
      ["spec: Invalid value: failed rule: self.__namespace__ == 'a'"],
    ],
    [
      'write their own message',
      spec(
        '{type: object, properties: {n: {type: integer}}, x-kubernetes-validations: [{rule: self.n < 5, messageExpression: "\'n is \' + string(self.n)"}]}',
      ),
      '{n: 7}',
      ['spec: Invalid value: n is 7'],
    ],
    [
      'name a field and a reason',
      spec(
        '{type: object, properties: {n: {type: integer}}, x-kubernetes-validations: [{rule: self.n < 5, message: no, fieldPath: .n, reason: FieldValueForbidden}]}',
      ),
      '{n: 7}',
      ['spec.n: Forbidden: no'],
    ],
    [
      'judge items',
      spec(
        '{type: array, items: {type: string, x-kubernetes-validations: [{rule: self != "a", message: no}]}}',
      ),
      '[b, a]',
      ['spec[1]: Invalid value: no'],
    ],
    [
      'wait for structure',
      spec(
        '{type: object, properties: {n: {type: integer}}, x-kubernetes-validations: [{rule: "false", message: no}]}',
      ),
      '{n: x}',
      ['spec.n: expected numeric (int or float), got a string'],
    ],
    [
      'say nothing of what is new',
      spec(
        '{type: object, properties: {n: {type: integer}}, x-kubernetes-validations: [{rule: self.n == oldSelf.n}]}',
      ),
      '{n: 1}',
      [],
    ],
  ])('%s', (_, schema, value, messages) => {
    expect(judge(schema, value)).toEqual(messages)
  })

  it('compare with what is stored', () => {
    const schemas = schemasWith(
      spec(
        '{type: object, properties: {n: {type: integer}}, x-kubernetes-validations: [{rule: self.n == oldSelf.n, message: fixed}]}',
      ),
    )
    const [old, now] = ['1', '2'].map(n =>
      rootOf(`apiVersion: example.com/v1\nkind: Widget\nspec: {n: ${n}}\n`),
    )
    if (old === undefined || now === undefined) throw new Error('no objects')
    const said = schemas.checkChange(old, now, 'example.com', 'v1', 'Widget')
    expect(said.map(one => one.message)).toEqual(['spec: Invalid value: fixed'])
  })

  it('cannot be made to take for ever', () => {
    const loop = 'self.l.all(a, self.l.all(b, self.l.all(c, self.l.all(d, true))))'
    const schema = spec(
      `{type: object, properties: {l: {type: array, items: {type: integer}}}, x-kubernetes-validations: [{rule: "${loop}"}]}`,
    )
    const start = performance.now()
    judge(schema, `{l: [${Array.from({ length: 500 }, (_, i) => i).join(', ')}]}`)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

describe('custom resources', () => {
  it.each([
    [
      'nullable',
      '{type: object, properties: {a: {type: string, nullable: true}}}',
      '{a: null}',
      [],
    ],
    [
      'null with a default',
      '{type: object, properties: {a: {type: string, default: x}}}',
      '{a: null}',
      [],
    ],
    [
      'null',
      '{type: object, properties: {a: {type: string}}}',
      '{a: null}',
      ['spec.a: Invalid value: "null": spec.a in body must be of type string: "null"'],
    ],
    [
      'bounds',
      '{type: object, properties: {a: {type: integer, minimum: 1, maximum: 3}}}',
      '{a: 4}',
      ['spec.a: Invalid value: 4: spec.a in body should be less than or equal to 3'],
    ],
    [
      'items',
      '{type: array, minItems: 1, items: {type: string}}',
      '[]',
      ['spec: Invalid value: 0: spec in body should have at least 1 items'],
    ],
    [
      'int or string',
      '{type: object, properties: {a: {x-kubernetes-int-or-string: true}}}',
      '{a: 1.5}',
      ['spec.a: must be an integer or a string, got a number'],
    ],
    [
      'unknown kept',
      '{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}',
      '{b: {c: 1}, a: x}',
      [],
    ],
    [
      'twice',
      '{type: array, x-kubernetes-list-type: set, items: {type: string}}',
      '[a, a]',
      ['spec[1]: duplicate entries for key [="a"]'],
    ],
    [
      'one of',
      '{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}',
      '{a: x, b: y}',
      [
        'spec: Invalid value: must validate one and only one schema (oneOf). Found 2 correct matches',
      ],
    ],
    [
      'any of',
      '{type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}',
      '{}',
      ['spec: Invalid value: must validate at least one schema (anyOf)'],
    ],
    [
      'not',
      '{type: object, properties: {a: {type: string}}, not: {required: [a]}}',
      '{a: x}',
      ['spec: Invalid value: must not validate the schema (not)'],
    ],
  ])('%s', (_, schema, value, messages) => {
    expect(judge(spec(schema), value)).toEqual(messages)
  })
})
