import type { FindMergeType } from '../kube/mergekeys.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Source, Span } from '../text/source.ts'
import type { FieldSpecs } from './fieldspecs.ts'
import type { KustomizationFile } from './file.ts'
import type { Origin, Resource } from './resource.ts'
import type { ResourceMap } from './resourcemap.ts'

/** What a transformation knows besides the resources. */
export interface Context {
  readonly file: KustomizationFile
  /** Where fields are: kustomize's tables with what `configurations` and `crds` add. */
  readonly specs: FieldSpecs
  /** Merge keys: kustomize's own, or those of `openapi`. */
  readonly findMergeType: FindMergeType
  /**
   * The file at a path as the kustomization file names it, load restrictor applied. Throws
   * `Refusal` in kustomize's words. Bytes that are no UTF-8 have U+FFFD in the text: ask `bytes`.
   */
  load(path: string, at?: Span): Source
  bytes(path: string, at?: Span): Uint8Array
  /**
   * The resources in a text that stands in a file or in the kustomization file itself (what
   * `inlineOf` made; `inside` is the scalar that holds it then). Throws `Refusal`.
   */
  parseResources(source: Source, inside?: Span): Resource[]
  report(finding: Finding): void
}

/**
 * One configured transformation. Throws `Refusal` where kustomize refuses; what kustomize passes
 * over in silence goes to `context.report`.
 */
export type Transform = (map: ResourceMap) => void

/** A transformation and how `transformerAnnotations` names it. */
export interface Step {
  readonly run: Transform
  readonly origin: Origin | undefined
}

/** Reads one field of the kustomization file into transformations, in its order. */
export type ReadTransforms = (context: Context) => readonly Transform[]
