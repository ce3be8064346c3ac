import { flag, listOf, type Shape, type Struct, struct, text, textMap, texts } from './shape.ts'

/** Fields of kustomize 5.8.1's kustomization file (api/types). */

const gvk = { group: text, version: text, kind: text }
const id = { ...gvk, name: text, namespace: text }

export const fieldSpec = struct('FieldSpec', { ...gvk, path: text, create: flag })

export const selector = struct('Selector', {
  ...id,
  annotationSelector: text,
  labelSelector: text,
})

const fieldOptions = struct('FieldOptions', {
  delimiter: text,
  index: { is: 'int' },
  encoding: text,
  create: flag,
})

const objectMeta = struct('ObjectMeta', {
  name: text,
  namespace: text,
  labels: textMap,
  annotations: textMap,
})

const generatorOptions = struct('GeneratorOptions', {
  labels: textMap,
  annotations: textMap,
  disableNameSuffixHash: flag,
  immutable: flag,
})

const generator = {
  namespace: text,
  name: text,
  behavior: text,
  literals: texts,
  files: texts,
  envs: texts,
  env: text,
  options: generatorOptions,
}

export const configMapArgs = struct('ConfigMapArgs', generator)
export const secretArgs = struct('SecretArgs', { ...generator, type: text })

export const image = struct('Image', {
  name: text,
  newName: text,
  tagSuffix: text,
  newTag: text,
  digest: text,
})

export const patch = struct('Patch', {
  path: text,
  patch: text,
  target: selector,
  options: struct('PatchArgs', { allowNameChange: flag, allowKindChange: flag }),
})

export const replica = struct('Replica', { name: text, count: { is: 'int64' } })

export const label = struct('Label', {
  pairs: textMap,
  includeSelectors: flag,
  includeTemplates: flag,
  fields: listOf(fieldSpec),
})

export const replacement = struct('ReplacementField', {
  source: struct('SourceSelector', { ...id, fieldPath: text, options: fieldOptions }),
  targets: listOf(
    struct('TargetSelector', {
      select: selector,
      reject: listOf(selector),
      fieldPaths: texts,
      options: fieldOptions,
    }),
  ),
  sourceValue: text,
  path: text,
})

const variable = struct('Var', {
  name: text,
  objref: struct('Target', { apiVersion: text, ...id }),
  fieldref: struct('FieldSelector', { fieldPath: text }),
})

const anyMap: Shape = { is: 'map', of: { is: 'any' } }

const helmChart = struct('HelmChart', {
  ...byType(text, 'name version repo releaseName namespace valuesFile valuesMerge'),
  ...byType(text, 'kubeVersion nameTemplate'),
  ...byType(texts, 'additionalValuesFiles apiVersions'),
  ...byType(flag, 'includeCRDs skipHooks skipTests debug devel'),
  valuesInline: anyMap,
})

const helmChartArgs = struct('HelmChartArgs', {
  ...byType(text, 'chartName chartVersion chartRepoUrl chartHome chartRepoName helmBin helmHome'),
  ...byType(text, 'values valuesMerge releaseName releaseNamespace'),
  valuesLocal: anyMap,
  extraArgs: texts,
})

export const sortOptions = struct('SortOptions', {
  order: text,
  legacySortOptions: struct('LegacySortOptions', { orderFirst: texts, orderLast: texts }),
})

export const kustomization: Struct = struct('Kustomization', {
  ...byType(text, 'kind apiVersion namePrefix nameSuffix namespace'),
  ...byType(texts, 'resources components crds bases configurations generators transformers'),
  ...byType(texts, 'validators buildMetadata patchesStrategicMerge'),
  ...byType(textMap, 'openapi commonLabels commonAnnotations'),
  metadata: objectMeta,
  labels: listOf(label),
  patchesJson6902: listOf(patch),
  patches: listOf(patch),
  images: listOf(image),
  imageTags: listOf(image),
  replacements: listOf(replacement),
  replicas: listOf(replica),
  vars: listOf(variable),
  sortOptions,
  configMapGenerator: listOf(configMapArgs),
  secretGenerator: listOf(secretArgs),
  helmGlobals: struct('HelmGlobals', { chartHome: text, configHome: text }),
  helmCharts: listOf(helmChart),
  helmChartInflationGenerator: listOf(helmChartArgs),
  generatorOptions,
})

function byType(shape: Shape, names: string): Record<string, Shape> {
  return Object.fromEntries(names.split(' ').map(name => [name, shape]))
}
