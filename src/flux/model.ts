import type { Build } from '../kustomize/build.ts'
import type { KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'

/** A thing that was not judged, with the reason and what settles it. */
export interface Skipped {
  readonly what: string
  readonly why: string
}

/** One Flux Kustomization and what it would apply, after substitution. */
export interface FluxKustomization {
  readonly object: KubeObject
  /** `spec.path` in the tree, undefined where the source is not this repository. */
  readonly directory: string | undefined
  readonly build: Build | undefined
  readonly objects: readonly KubeObject[]
}

/** What Flux would make of a tree. */
export interface Model {
  readonly entryPoints: readonly string[]
  readonly kustomizations: readonly FluxKustomization[]
  readonly findings: readonly Finding[]
  readonly skipped: readonly Skipped[]
  /** Why the tree could not be judged at all (exit 2): no entry point, over budget. */
  readonly incomplete: string | undefined
}
