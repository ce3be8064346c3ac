import { expect, it } from 'vitest'
import { judgeText, schemasOf } from '../apiserver/judge.ts'

const schemas = schemasOf('1.36')
const crd = (limit: string) =>
  `{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: ws.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: ws, kind: W}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {limit: ${limit}}}}}]}}`

it.each([
  ['{type: integer, enum: [18446744073709551616, 5], default: 5}', []],
  ['{type: integer, enum: [18446744073709551616, 5], default: 6}', ['properties[limit].default']],
  ['{type: integer, enum: [], default: 6}', []],
  ['{type: object, default: {a: b}}', ['properties[limit].default']],
  ['{type: object, properties: {a: {type: string}}, default: {a: b}}', []],
  ['{type: array}', ['properties[limit].items']],
])('judges defaults and structure of %s', (limit, places) => {
  const root = 'spec.validation.openAPIV3Schema.'
  expect([...new Set(judgeText(crd(limit), schemas).paths)]).toEqual(places.map(one => root + one))
})
