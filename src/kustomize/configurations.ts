import { Refusal } from '../kube/refusal.ts'
import type { Source } from '../text/source.ts'
import type { MapNode, Scalar } from '../yaml/node.ts'
import { parse } from '../yaml/parse.ts'
import { decode } from './decode.ts'
import type { FieldSpec } from './fieldspec.ts'
import type { FieldSpecs } from './fieldspecs.ts'
import { mapsAt, textAt } from './file.ts'
import { listOf, struct, text } from './shape.ts'
import { fieldSpec } from './shapes.ts'
import { compareGvk } from './sort.ts'
import { mergeAllSpecs, noSpecs, specOf } from './specs.ts'

const table = listOf(fieldSpec)
const tables = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const

const shape = struct('TransformerConfig', {
  ...Object.fromEntries(tables.map(name => [name, table])),
  nameReference: listOf(
    struct('NameBackReferences', { group: text, version: text, kind: text, fieldSpecs: table }),
  ),
})

/** Loads the file at a path of the kustomization file. */
export type Load = (path: Scalar) => Source

/**
 * What the files of `configurations` add to kustomize's tables (builtinconfig loadDefaultConfig):
 * strict, one file merged onto the other.
 */
export function readConfigurations(paths: readonly Scalar[], load: Load): FieldSpecs {
  return paths.reduce((specs, path) => mergeAllSpecs(specs, readFile(path, load), path), noSpecs)
}

function readFile(path: Scalar, load: Load): FieldSpecs {
  const { documents, problem } = parse(load(path), 'v2')
  const root = documents[0]?.root
  if (problem && root === undefined) throw new Refusal(problem.message, problem)
  if (root === undefined || root.kind === 'scalar') return noSpecs
  if (root.kind === 'list')
    throw new Refusal('json: cannot unmarshal array into Go value of type TransformerConfig', root)
  const decoded = decode(root, shape)
  const [first] = decoded.problems
  if (first) throw new Refusal(first.message, first.at)
  return specsOf(decoded.root)
}

function specsOf(root: MapNode): FieldSpecs {
  const specs = (map: MapNode, key: string): readonly FieldSpec[] => mapsAt(map, key).map(specOf)
  const read = Object.fromEntries(
    tables.map(name => [name, specs(root, name).toSorted(compareGvk)]),
  )
  return {
    ...noSpecs,
    ...read,
    nameReference: mapsAt(root, 'nameReference')
      .map(one => ({
        group: textAt(one, 'group'),
        version: textAt(one, 'version'),
        kind: textAt(one, 'kind'),
        fieldSpecs: specs(one, 'fieldSpecs'),
      }))
      .toSorted(compareGvk),
  }
}
