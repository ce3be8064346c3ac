import { Refusal } from '../kube/refusal.ts'
import { MapNode, stringNode } from '../yaml/node.ts'
import { addHashes } from './hash.ts'
import type { Context, Transform } from './context.ts'
import { decode } from './decode.ts'
import type { FieldSpec } from './fieldspec.ts'
import { flagAt, mapAt, mapsAt, scalarAt, scalarsAt, textAt } from './file.ts'
import { generate, type GeneratedKind } from './generate.ts'
import { nodeOf } from '../yaml/make.ts'
import { pluginShapes } from './pluginshapes.ts'
import { Resource } from './resource.ts'
import { idText } from './resid.ts'
import { specOf } from './specs.ts'
import { addAffix } from './transform/affix.ts'
import { setImage } from './transform/images.ts'
import { addEntries } from './transform/labels.ts'
import { setNamespace, type SubjectMode } from './transform/namespace.ts'
import { readJsonPatch, readMergePatch, readPatch } from './transform/patches.ts'
import { readReplacementList } from './transform/replacements.ts'
import { setReplicas } from './transform/replicas.ts'
import { addValue } from './transform/values.ts'

/** Makes resources; throws `Refusal` where kustomize refuses. */
export type Generator = () => readonly Resource[]

/** The generator that a plugin config of `generators` describes; only builtin ones are allowed. */
export function readGenerator(context: Context, config: Resource): Generator {
  const root = configOf(config)
  switch (config.id.kind) {
    case 'ConfigMapGenerator':
      return () => [generateNamed('ConfigMap', root, context)]
    case 'SecretGenerator':
      return () => [generateNamed('Secret', root, context)]
    case 'IAMPolicyGenerator':
      return () => [generateAccount(root, context)]
    case 'HelmChartInflationGenerator':
      throw new Refusal('must specify --enable-helm', config.root)
    default:
      throw new Refusal(`plugin ${idText(config.originalId)} not a generator`, config.root)
  }
}

/** The transformation that a plugin config of `transformers` or `validators` describes. */
export function readTransformer(context: Context, config: Resource): Transform {
  const root = configOf(config)
  const make = transformers[config.id.kind]
  if (make === undefined)
    throw new Refusal(`plugin ${idText(config.originalId)} not a transformer`, config.root)
  return make(root, context)
}

function configOf({ root, id }: Resource): MapNode {
  if (id.group !== '' || id.version !== 'builtin')
    throw new Refusal(
      `external plugins disabled; unable to load external plugin '${id.kind}'`,
      root,
    )
  const shape = pluginShapes[id.kind]
  if (shape === undefined) throw new Refusal(`unable to load builtin ${id.kind}`, root)
  const { root: decoded, problems } = decode(root, shape)
  const wrong = problems.find(({ kind }) => kind === 'type')
  if (wrong) throw new Refusal(wrong.message, wrong.at)
  return decoded
}

type MakeTransform = (root: MapNode, context: Context) => Transform

const transformers: Readonly<Record<string, MakeTransform>> = {
  AnnotationsTransformer: root => addEntries(mapAt(root, 'annotations'), specs(root), 'annotation'),
  HashTransformer: () => addHashes,
  ImageTagTransformer: (root, context) =>
    setImage(mapAt(root, 'imageTag') ?? emptyMap(root), specs(root), context),
  LabelTransformer: root => addEntries(mapAt(root, 'labels'), specs(root), 'label'),
  NamespaceTransformer: readNamespace,
  PatchJson6902Transformer: (root, context) => readJsonPatch(context, root, 'jsonOp'),
  PatchStrategicMergeTransformer: (root, context) =>
    readMergePatch(context, scalarsAt(root, 'paths'), scalarAt(root, 'patches')),
  PatchTransformer: (root, context) => readPatch(context, root),
  PrefixTransformer: root => readAffix(root, 'prefix'),
  SuffixTransformer: root => readAffix(root, 'suffix'),
  PrefixSuffixTransformer: root => {
    const both = [readAffix(root, 'prefix'), readAffix(root, 'suffix')]
    return map => {
      for (const transform of both) transform(map)
    }
  },
  ReplacementTransformer: (root, context) =>
    readReplacementList(context, mapsAt(root, 'replacements')),
  ReplicaCountTransformer: root =>
    setReplicas(mapAt(root, 'replica') ?? emptyMap(root), specs(root)),
  ValueAddTransformer: (root, context) => addValue(context, root),
}

function specs(root: MapNode): readonly FieldSpec[] {
  return mapsAt(root, 'fieldSpecs').map(specOf)
}

function emptyMap(at: MapNode): MapNode {
  return new MapNode([], [], at)
}

function readAffix(root: MapNode, side: 'prefix' | 'suffix'): Transform {
  if (!root.has('fieldSpecs')) throw new Refusal('fieldSpecs is not expected to be nil', root)
  return addAffix(side, scalarAt(root, side) ?? stringNode('', root), specs(root))
}

const modes: readonly SubjectMode[] = ['defaultOnly', 'allServiceAccounts', 'none']

function readNamespace(root: MapNode): Transform {
  const mode = textAt(root, 'setRoleBindingSubjects') || 'defaultOnly'
  const subjects = modes.find(one => one === mode)
  if (subjects === undefined)
    throw new Refusal(
      `invalid value "${mode}" for setRoleBindingSubjects: must be one of "defaultOnly", "none" or "allServiceAccounts"`,
      root.get('setRoleBindingSubjects'),
    )
  const namespace = scalarAt(mapAt(root, 'metadata'), 'namespace')
  if (namespace === undefined) return () => {}
  return setNamespace({
    namespace,
    specs: specs(root),
    unsetOnly: flagAt(root, 'unsetOnly'),
    subjects,
  })
}

/** Name and namespace may stand under `metadata`. */
function generateNamed(kind: GeneratedKind, root: MapNode, context: Context): Resource {
  const metadata = mapAt(root, 'metadata')
  const args = ['name', 'namespace'].reduce((map, key) => {
    const value = scalarAt(map, key) ?? scalarAt(metadata, key)
    return value ? map.with(map.key(key) ?? stringNode(key, value), value) : map
  }, root)
  return generate(kind, args, mapAt(args, 'options'), context)
}

/** The service account of a GKE workload identity. */
function generateAccount(root: MapNode, context: Context): Resource {
  const cloud = textAt(root, 'cloud')
  if (cloud !== 'gke') throw new Refusal(`cloud provider ${cloud} not supported yet`, root)
  const service = mapAt(root, 'kubernetesService')
  const account = mapAt(root, 'serviceAccount')
  const email = `${textAt(account, 'name')}@${textAt(account, 'projectId')}.iam.gserviceaccount.com`
  const namespace = textAt(service, 'namespace')
  const made = nodeOf(
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        annotations: { 'iam.gke.io/gcp-service-account': email },
        name: textAt(service, 'name'),
        ...(namespace === '' ? {} : { namespace }),
      },
    },
    root,
    { by: 'generator' },
  )
  return new Resource(made.kind === 'map' ? made : root, context.file.source.path)
}
