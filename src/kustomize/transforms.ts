import type { Context, ReadTransforms, Step } from './context.ts'
import type { Origin } from './resource.ts'
import { prefixTransforms, suffixTransforms } from './transform/affix.ts'
import { imageTransforms } from './transform/images.ts'
import { annotationTransforms, labelTransforms } from './transform/labels.ts'
import { namespaceTransforms } from './transform/namespace.ts'
import { readJsonPatches, readMergePatches, readPatches } from './transform/patches.ts'
import { readReplacements } from './transform/replacements.ts'
import { replicaTransforms } from './transform/replicas.ts'

/** The transformers that fields of the kustomization file configure, in kustomize's order. */
const builtins: readonly (readonly [string, ReadTransforms])[] = [
  ['PatchStrategicMergeTransformer', readMergePatches],
  ['PatchTransformer', readPatches],
  ['NamespaceTransformer', namespaceTransforms],
  ['PrefixTransformer', prefixTransforms],
  ['SuffixTransformer', suffixTransforms],
  ['LabelTransformer', labelTransforms],
  ['AnnotationsTransformer', annotationTransforms],
  ['PatchJson6902Transformer', readJsonPatches],
  ['ReplicaCountTransformer', replicaTransforms],
  ['ImageTagTransformer', imageTransforms],
  ['ReplacementTransformer', readReplacements],
]

/** All of them, read before the first one runs; `originOf` names them for the annotations. */
export function readSteps(
  context: Context,
  originOf: (kind: string) => Origin | undefined,
): readonly Step[] {
  return builtins.flatMap(([kind, read]) =>
    read(context).map(run => ({ run, origin: originOf(kind) })),
  )
}
