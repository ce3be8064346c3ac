import { flag, listOf, type Struct, struct, text, textMap, texts } from './shape.ts'
import {
  configMapArgs,
  fieldSpec,
  image,
  replacement,
  replica,
  secretArgs,
  selector,
} from './shapes.ts'

const specs = { fieldSpecs: listOf(fieldSpec) }
const metadata = struct('ObjectMeta', {
  name: text,
  namespace: text,
  labels: textMap,
  annotations: textMap,
})
const affix = struct('PrefixTransformerPlugin', { prefix: text, suffix: text, ...specs })
const valueTarget = struct('Target', {
  selector,
  fieldPath: text,
  filePathPosition: { is: 'int' },
})

/** The config of each builtin plugin (api/internal/builtins); unknown fields are passed over. */
export const pluginShapes: Readonly<Record<string, Struct>> = {
  AnnotationsTransformer: struct('AnnotationsTransformerPlugin', {
    annotations: textMap,
    ...specs,
  }),
  ConfigMapGenerator: struct('ConfigMapGeneratorPlugin', { ...configMapArgs.fields, metadata }),
  HashTransformer: struct('HashTransformerPlugin', {}),
  HelmChartInflationGenerator: struct('HelmChartInflationGeneratorPlugin', {}),
  IAMPolicyGenerator: struct('IAMPolicyGeneratorPlugin', {
    cloud: text,
    kubernetesService: struct('KubernetesService', { name: text, namespace: text }),
    serviceAccount: struct('ServiceAccount', { name: text, projectId: text }),
  }),
  ImageTagTransformer: struct('ImageTagTransformerPlugin', { imageTag: image, ...specs }),
  LabelTransformer: struct('LabelTransformerPlugin', { labels: textMap, ...specs }),
  NamespaceTransformer: struct('NamespaceTransformerPlugin', {
    metadata,
    ...specs,
    unsetOnly: flag,
    setRoleBindingSubjects: text,
  }),
  PatchJson6902Transformer: struct('PatchJson6902TransformerPlugin', {
    target: selector,
    path: text,
    jsonOp: text,
  }),
  PatchStrategicMergeTransformer: struct('PatchStrategicMergeTransformerPlugin', {
    paths: texts,
    patches: text,
  }),
  PatchTransformer: struct('PatchTransformerPlugin', {
    path: text,
    patch: text,
    target: selector,
    options: struct('PatchArgs', { allowNameChange: flag, allowKindChange: flag }),
  }),
  PrefixTransformer: affix,
  SuffixTransformer: affix,
  PrefixSuffixTransformer: affix,
  ReplacementTransformer: struct('ReplacementTransformerPlugin', {
    replacements: listOf(replacement),
  }),
  ReplicaCountTransformer: struct('ReplicaCountTransformerPlugin', { replica, ...specs }),
  SecretGenerator: struct('SecretGeneratorPlugin', { ...secretArgs.fields, metadata }),
  ValueAddTransformer: struct('ValueAddTransformerPlugin', {
    value: text,
    targets: listOf(valueTarget),
    targetFilePath: text,
  }),
}
