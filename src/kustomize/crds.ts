import { Refusal } from '../kube/refusal.ts'
import type { MapNode, Node, Scalar } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import type { Load } from './configurations.ts'
import type { FieldSpecs } from './fieldspecs.ts'
import type { Gvk } from './resid.ts'
import { mergeAllSpecs, mergeSpecs, noSpecs } from './specs.ts'
import { within } from './within.ts'

const X = 'x-kubernetes-'
const DEPTH = 50

/**
 * The field specs that the type files of `crds` ask for (accumulator LoadConfigFromCRDs): properties
 * with `x-kubernetes-annotation`, `-label-selector`, `-identity` and `-object-ref-*`.
 */
export function readCrds(paths: readonly Scalar[], load: Load): FieldSpecs {
  return within(`loading CRDs [${paths.map(path => path.text).join(' ')}]`, () =>
    paths.reduce((specs, path) => mergeAllSpecs(specs, readFile(path, load), path), noSpecs),
  )
}

function readFile(path: Scalar, load: Load): FieldSpecs {
  const { documents, problem } = parse(load(path), 'v2')
  const root = documents[0]?.root
  if (root === undefined && problem === undefined) return noSpecs
  if (root?.kind !== 'map')
    throw new Refusal(
      `unable to parse open API definition from '${path.text}': ${problem?.message ?? 'no map'}`,
      path,
    )
  const types = root
  return types.keys.reduce((specs, { text: name }) => {
    const properties = propertiesOf(types, name)
    const isObject = ['kind', 'apiVersion', 'metadata'].every(key => properties?.has(key))
    if (!isObject) return specs
    const gvk = { group: '', version: '', kind: name.slice(name.lastIndexOf('.') + 1) }
    return mergeAllSpecs(specs, specsOf(types, name, gvk, []), path)
  }, noSpecs)
}

function propertiesOf(types: MapNode, name: string): MapNode | undefined {
  return mapAt(fieldOf(types.get(name), 'Schema'), 'properties')
}

function specsOf(types: MapNode, name: string, gvk: Gvk, path: readonly string[]): FieldSpecs {
  const properties = propertiesOf(types, name)
  let specs = noSpecs
  for (const [at, key] of (properties?.keys ?? []).entries()) {
    const property = properties?.values[at]
    if (property?.kind !== 'map') continue
    const here = [...path, key.text]
    specs = addSpecs(specs, property, gvk, here)
    const next = textOf(property, '$ref')
    if (next !== undefined && here.length < DEPTH) {
      const below = specsOf(types, next, gvk, here)
      if (below !== noSpecs) specs = mergeAllSpecs(specs, below)
    }
  }
  return specs
}

function addSpecs(
  specs: FieldSpecs,
  property: MapNode,
  gvk: Gvk,
  path: readonly string[],
): FieldSpecs {
  const spec = { ...gvk, path: path.join('/'), create: false }
  let { commonAnnotations, commonLabels, namePrefix, nameReference } = specs
  if (has(property, 'annotation')) commonAnnotations = mergeSpecs(commonAnnotations, [spec])
  if (has(property, 'label-selector')) commonLabels = mergeSpecs(commonLabels, [spec])
  if (has(property, 'identity')) namePrefix = mergeSpecs(namePrefix, [spec])
  const version = textOf(property, `${X}object-ref-api-version`)
  const kind = textOf(property, `${X}object-ref-kind`)
  if (version !== undefined && kind !== undefined) {
    const key = textOf(property, `${X}object-ref-name-key`) ?? 'name'
    const fieldSpecs = [{ ...spec, path: [...path, key].join('/') }]
    nameReference = mergeAllSpecs(
      { ...noSpecs, nameReference },
      { ...noSpecs, nameReference: [{ group: '', version, kind, fieldSpecs }] },
    ).nameReference
  }
  return { ...specs, commonAnnotations, commonLabels, namePrefix, nameReference }
}

function has(property: MapNode, name: string): boolean {
  return textOf(property, X + name) !== undefined
}

function mapAt(node: Node | undefined, key: string): MapNode | undefined {
  const value = node?.kind === 'map' ? node.get(key) : undefined
  return value?.kind === 'map' ? value : undefined
}

/** Go decodes the names of struct fields without regard to case. */
function fieldOf(node: Node | undefined, name: string): Node | undefined {
  if (node?.kind !== 'map') return undefined
  const at = node.keys.findIndex(key => key.text.toLowerCase() === name.toLowerCase())
  return node.values[at]
}

/** Extensions are found without regard to case. */
function textOf(property: MapNode, key: string): string | undefined {
  const value = fieldOf(property, key)
  return value?.kind === 'scalar' ? value.text : undefined
}
